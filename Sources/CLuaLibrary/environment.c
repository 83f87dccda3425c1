// The environment by allow-list. Nothing a script stores in it outlives the group: every group gets a new
// environment and new stand-ins for the library tables, and so does every module that the script requires.
#include "CLuaLibrary.h"
#include "library.h"

static const char *const math_names[] = {"abs",   "acos", "asin",     "atan",       "ceil", "cos",  "deg",
                                         "exp",   "floor", "fmod",    "huge",       "log",  "max",  "maxinteger",
                                         "min",   "mininteger", "modf", "pi",       "rad",  "random", "sin",
                                         "sqrt",  "tan",  "tointeger", "type",      "ult",  NULL};

// Copies the named fields of the table on top of the stack into a new one, which replaces it.
static void keep_only(lua_State *L, const char *const *names) {
    lua_newtable(L);
    for (; *names != NULL; names++) {
        lua_getfield(L, -2, *names);
        lua_setfield(L, -2, *names);
    }
    lua_remove(L, -2);
}

int pl_deny_change(lua_State *L) { return luaL_error(L, "the library tables cannot be changed"); }

bool pl_is_stand_in(lua_State *L, int index) {
    if (!lua_getmetatable(L, index)) return false;
    lua_pushliteral(L, "__newindex");
    bool found = lua_rawget(L, -2) == LUA_TFUNCTION && lua_tocfunction(L, -1) == pl_deny_change;
    lua_pop(L, 2);
    return found;
}

// Pushes the metatable through which a stand-in shows the library on top of the stack.
static void push_stand_in_metatable(lua_State *L) {
    lua_createtable(L, 0, 3);
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, pl_deny_change);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
}

static const char *const library_names[] = {"string", "table", "math", "utf8"};
enum { library_count = 4 };

// environment(base): upvalue 1 the metatable of environments, 2... those of the stand-ins.
static int new_environment(lua_State *L) {
    if (pl_of(L)->requiring_count == 0) pl_forget_order(L);
    lua_createtable(L, 0, library_count + 4);
    for (int i = 0; i < library_count; i++) {
        lua_createtable(L, 0, 0);
        lua_pushvalue(L, lua_upvalueindex(2 + i));
        lua_setmetatable(L, -2);
        lua_setfield(L, -2, library_names[i]);
    }
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "_G");
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_setmetatable(L, -2);
    return 1;
}

static void open_string(lua_State *L) {
    lua_newtable(L);
    luaL_setfuncs(L, pl_strings, 0);
    luaL_setfuncs(L, pl_patterns, 0);
    luaL_setfuncs(L, pl_packing, 0);
    // Methods of strings go to our table; the metatable itself is out of reach.
    lua_pushliteral(L, "");
    lua_newtable(L);
    luaL_setfuncs(L, pl_arithmetic, 0);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

static void open_table(lua_State *L) {
    lua_newtable(L);
    luaL_setfuncs(L, pl_tables, 0);
}

static void open_math(lua_State *L) {
    lua_pushcfunction(L, luaopen_math);
    lua_call(L, 0, 1);
    lua_getfield(L, -1, "randomseed");
    lua_setfield(L, LUA_REGISTRYINDEX, "plumbline.randomseed");
    keep_only(L, math_names);
}

static void open_utf8(lua_State *L) {
    lua_newtable(L);
    luaL_setfuncs(L, pl_utf8, 0);
    lua_pushlstring(L, PL_UTF8_PATTERN, sizeof PL_UTF8_PATTERN - 1);
    lua_setfield(L, -2, "charpattern");
}

static void open_base(lua_State *L) {
    lua_newtable(L);
    luaL_setfuncs(L, pl_calls, 0);
    luaL_setfuncs(L, pl_values, 0);
    luaL_setfuncs(L, pl_texts, 0);
    pl_open_metatables(L);
    pl_open_iteration(L);
    lua_pushcfunction(L, pl_lib_require);
    lua_setfield(L, -2, "require");
}

int pl_library_open(void *lua_state) {
    lua_State *L = lua_state;
    // Messages name a function by the table of loaded modules when its caller has no name for it.
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    open_base(L);
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, LUA_GNAME);
    lua_createtable(L, 0, 2);  // the metatable of environments
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    void (*const openers[])(lua_State *) = {open_string, open_table, open_math, open_utf8};
    for (int i = 0; i < library_count; i++) {
        openers[i](L);
        lua_pushvalue(L, -1);
        lua_setfield(L, -5 - i, library_names[i]);
        push_stand_in_metatable(L);
        lua_remove(L, -2);
    }
    lua_pushcclosure(L, new_environment, 1 + library_count);
    lua_setfield(L, LUA_REGISTRYINDEX, "plumbline.environment");
    lua_remove(L, -2);
    return 1;
}

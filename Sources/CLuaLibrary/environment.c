// The environment by allow-list. Nothing a script stores in it outlives the group: every group gets a new
// environment and new stand-ins for the library tables.
#include "CLuaLibrary.h"
#include "library.h"

static const char *const base_names[] = {"assert",   "error",    "ipairs", "rawequal", "rawget", "rawlen",
                                         "select",   "tonumber", "type",   NULL};

static const char *const string_names[] = {"byte",  "char",    "find",  "gmatch", "gsub",    "len",   "lower", "match",
                                           "pack",  "packsize", "reverse", "sub",    "unpack", "upper", NULL};

static const char *const table_names[] = {"concat", "insert", "move", "pack", "remove", "unpack", NULL};

static const char *const math_names[] = {"abs",   "acos", "asin",     "atan",       "ceil", "cos",  "deg",
                                         "exp",   "floor", "fmod",    "huge",       "log",  "max",  "maxinteger",
                                         "min",   "mininteger", "modf", "pi",       "rad",  "random", "sin",
                                         "sqrt",  "tan",  "tointeger", "type",      "ult",  NULL};

static const char *const utf8_names[] = {"char", "charpattern", "codepoint", "codes", "len", "offset", NULL};

// Copies the named fields of the table on top of the stack into a new one, which replaces it.
static void keep_only(lua_State *L, const char *const *names) {
    lua_newtable(L);
    for (; *names != NULL; names++) {
        lua_getfield(L, -2, *names);
        lua_setfield(L, -2, *names);
    }
    lua_remove(L, -2);
}

static void open_stock(lua_State *L, lua_CFunction opener) {
    lua_pushcfunction(L, opener);
    lua_call(L, 0, 1);
}

int pl_lib_deny_change(lua_State *L) { return luaL_error(L, "the library tables cannot be changed"); }

static int no_modules(lua_State *L) {
    return luaL_error(L, "no plugin in this workspace provides the module `%s`", luaL_checkstring(L, 1));
}

// Pushes the metatable through which a stand-in shows the library on top of the stack.
static void push_stand_in_metatable(lua_State *L) {
    lua_createtable(L, 0, 3);
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, pl_lib_deny_change);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
}

static const char *const library_names[] = {"string", "table", "math", "utf8"};
enum { library_count = 4 };

// environment(base): upvalue 1 the metatable of environments, 2... those of the stand-ins.
static int new_environment(lua_State *L) {
    pl_forget_order(L);
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
    open_stock(L, luaopen_string);  // also sets the metatable of strings
    lua_getfield(L, -1, "format");
    lua_CFunction wrapped = pl_lib_format;
    lua_pushcclosure(L, wrapped, 1);
    lua_insert(L, -2);
    keep_only(L, string_names);
    lua_insert(L, -2);
    lua_setfield(L, -2, "format");
    lua_pushcfunction(L, pl_lib_rep);
    lua_setfield(L, -2, "rep");
    // Methods of strings go to our table; the metatable itself is out of reach.
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 2);
}

static void open_table(lua_State *L) {
    open_stock(L, luaopen_table);
    keep_only(L, table_names);
    lua_pushcfunction(L, pl_lib_sort);
    lua_setfield(L, -2, "sort");
}

static void open_math(lua_State *L) {
    open_stock(L, luaopen_math);
    lua_getfield(L, -1, "randomseed");
    lua_setfield(L, LUA_REGISTRYINDEX, "plumbline.randomseed");
    keep_only(L, math_names);
}

static void open_utf8(lua_State *L) {
    open_stock(L, luaopen_utf8);
    keep_only(L, utf8_names);
}

static void open_base(lua_State *L) {
    lua_pushcfunction(L, luaopen_base);  // writes into the registry's globals, which no script can reach
    lua_call(L, 0, 1);
    keep_only(L, base_names);
    static const luaL_Reg ours[] = {
        {"pcall", pl_lib_pcall},     {"xpcall", pl_lib_xpcall},
        {"tostring", pl_lib_tostring}, {"print", pl_lib_print},
        {"rawset", pl_lib_rawset},     {"setmetatable", pl_lib_setmetatable}, {"getmetatable", pl_lib_getmetatable},
        {"pairs", pl_lib_pairs},     {"next", pl_lib_next},
        {"require", no_modules},     {NULL, NULL},
    };
    luaL_setfuncs(L, ours, 0);
}

int pl_library_open(void *lua_state) {
    lua_State *L = lua_state;
    open_base(L);
    lua_createtable(L, 0, 2);  // the metatable of environments
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    void (*const openers[])(lua_State *) = {open_string, open_table, open_math, open_utf8};
    for (int i = 0; i < library_count; i++) {
        openers[i](L);
        push_stand_in_metatable(L);
        lua_remove(L, -2);
    }
    lua_pushcclosure(L, new_environment, 1 + library_count);
    lua_setfield(L, LUA_REGISTRYINDEX, "plumbline.environment");
    return 1;
}

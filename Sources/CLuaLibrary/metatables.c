// setmetatable and getmetatable. Finalizers run with hooks off and weak tables meet bugs under a memory cap, so a
// script's metatable is copied, allowed fields only, and the copy is what Lua uses.
#include "library.h"

#include <string.h>

static const char original_key = 0;  // where a private metatable keeps the one the script gave

static const char *const allowed_fields[] = {
    "__index", "__newindex", "__call", "__add",  "__sub",  "__mul", "__div",  "__mod",      "__pow", "__unm", "__idiv",
    "__band",  "__bor",      "__bxor", "__shl",  "__shr",  "__bnot", "__concat", "__len",   "__eq",  "__lt",  "__le",
    "__tostring", "__metatable", NULL};

static bool is_allowed(const char *name) {
    for (const char *const *field = allowed_fields; *field != NULL; field++)
        if (strcmp(*field, name) == 0) return true;
    return false;
}

static bool is_protected(lua_State *L, int index) {
    bool found = luaL_getmetafield(L, index, "__metatable") != LUA_TNIL;
    if (found) lua_pop(L, 1);
    return found;
}

// upvalue 1: a value with a __call of its own
static int call_value(lua_State *L) {
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

// Lua follows a chain of __call fields that are no functions in a loop no hook interrupts, and moves all arguments at
// every turn. Through a function each turn is a call, and the depth of calls is bounded.
static void make_callable(lua_State *L) {
    if (lua_type(L, -1) != LUA_TFUNCTION) lua_pushcclosure(L, call_value, 1);
}

// Copies the allowed fields of the metatable at index 2 into the table at index 3.
static void copy_fields(lua_State *L) {
    for (lua_pushnil(L); lua_next(L, 2) != 0;) {
        pl_spend(L, 1);
        const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";
        if (name[0] != '_' || name[1] != '_' || !is_allowed(name)) {
            lua_pop(L, 1);
            continue;
        }
        if (strcmp(name, "__call") == 0) make_callable(L);
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, 3);
    }
}

static int base_setmetatable(lua_State *L) {
    int type = lua_type(L, 2);
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
    if (is_protected(L, 1)) return luaL_error(L, "cannot change a protected metatable");
    lua_settop(L, 2);
    if (type == LUA_TNIL) {
        lua_setmetatable(L, 1);
        return 1;
    }
    lua_newtable(L);
    copy_fields(L);
    lua_pushvalue(L, 2);
    lua_rawsetp(L, 3, &original_key);
    lua_setmetatable(L, 1);
    lua_settop(L, 1);
    return 1;
}

static int base_getmetatable(lua_State *L) {
    luaL_checkany(L, 1);
    if (!lua_getmetatable(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL) return 1;
    lua_rawgetp(L, -1, &original_key);
    return 1;
}

const luaL_Reg pl_metatables[] = {
    {"getmetatable", base_getmetatable}, {"setmetatable", base_setmetatable}, {NULL, NULL},
};

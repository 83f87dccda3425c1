// pcall, xpcall, error, assert, select.
#include "library.h"

// A call of a script's function for a script: what was caught has ended the modules that were being run.
static int call_caught(lua_State *L, int arguments, int results) {
    pl_sandbox *sandbox = pl_of(L);
    int requiring = sandbox->requiring_count;
    int status = lua_pcall(L, arguments, results, 0);
    sandbox->requiring_count = requiring;
    pl_rethrow_if_stopped(L, status);
    return status;
}

static int base_pcall(lua_State *L) {
    luaL_checkany(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 1);
    int status = call_caught(L, lua_gettop(L) - 2, LUA_MULTRET);
    if (status == LUA_OK) return lua_gettop(L);
    lua_pushboolean(L, 0);
    lua_insert(L, -2);
    return 2;
}

// An error of a handler goes to the handler again, as in stock Lua until its stack is full.
enum { handlings = 200 };

static void handle(lua_State *L) {
    for (int i = 0; i < handlings; i++) {
        pl_spend(L, 4);
        lua_pushvalue(L, 2);
        lua_insert(L, -2);
        if (call_caught(L, 1, 1) == LUA_OK) return;
    }
    lua_pop(L, 1);
    lua_pushliteral(L, "error in error handling");
}

// The handler runs after unwinding: below a hook or a message handler no hook fires, and it could never be stopped.
static int base_xpcall(lua_State *L) {
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushboolean(L, 1);
    lua_pushvalue(L, 1);
    lua_rotate(L, 3, 2);
    int status = call_caught(L, lua_gettop(L) - 4, LUA_MULTRET);
    if (status == LUA_OK) return lua_gettop(L) - 2;
    handle(L);
    lua_pushboolean(L, 0);
    lua_insert(L, -2);
    return 2;
}

// Raises the value at index 1, texts with the place at `level` of the stack before them.
static int raise_at(lua_State *L, int level) {
    lua_settop(L, 1);
    if (lua_type(L, 1) == LUA_TSTRING && level > 0) {
        luaL_where(L, level);
        lua_pushvalue(L, 1);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

static int base_error(lua_State *L) { return raise_at(L, (int)luaL_optinteger(L, 2, 1)); }

static int base_assert(lua_State *L) {
    if (lua_toboolean(L, 1)) return lua_gettop(L);
    luaL_checkany(L, 1);
    lua_remove(L, 1);
    lua_pushliteral(L, "assertion failed!");
    return raise_at(L, 1);
}

static int base_select(lua_State *L) {
    int count = lua_gettop(L), is_integer = 0;
    if (lua_type(L, 1) == LUA_TSTRING && *lua_tostring(L, 1) == '#') {
        lua_pushinteger(L, count - 1);
        return 1;
    }
    lua_Integer place = lua_tointegerx(L, 1, &is_integer);
    if (!is_integer) luaL_checkinteger(L, 1);  // complains
    if (place < 0) place = count + place;
    else if (place > count) place = count;
    luaL_argcheck(L, place >= 1, 1, "index out of range");
    return count - (int)place;
}

const luaL_Reg pl_calls[] = {
    {"assert", base_assert}, {"error", base_error},   {"pcall", base_pcall},
    {"select", base_select}, {"xpcall", base_xpcall}, {NULL, NULL},
};

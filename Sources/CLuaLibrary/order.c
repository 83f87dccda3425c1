// pairs and next in a defined order: integers ascending, then strings by byte. Lua's own order differs from process
// to process, and with it every sum and every list a script builds.
#include "library.h"

// A table whose keys are just 1...n needs no sorting. All of them are looked at, because Lua may keep integers among
// its hashed keys: that none comes behind n says nothing.
static bool is_plain_list(lua_State *L, int table, lua_Integer *length) {
    *length = 0;
    for (lua_pushnil(L); lua_next(L, table) != 0; lua_pop(L, 1)) {
        if (lua_isinteger(L, -2) && lua_tointeger(L, -2) == *length + 1) {
            ++*length;
            continue;
        }
        lua_pop(L, 2);
        return false;
    }
    pl_spend(L, (uint64_t)*length / 4);
    return true;
}

// upvalue 1: the length
static int next_in_list(lua_State *L) {
    lua_Integer index = lua_isnil(L, 2) ? 0 : lua_tointeger(L, 2);
    lua_Integer length = lua_tointeger(L, lua_upvalueindex(1));
    while (++index <= length) {
        if (lua_rawgeti(L, 1, index) != LUA_TNIL) {
            lua_pushinteger(L, index);
            lua_insert(L, -2);
            return 2;
        }
        lua_pop(L, 1);
    }
    return 0;
}

// upvalue 1: the keys, 2: how many were given out
static int next_in_keys(lua_State *L) {
    for (;;) {
        lua_Integer given = lua_tointeger(L, lua_upvalueindex(2)) + 1;
        lua_pushinteger(L, given);
        lua_replace(L, lua_upvalueindex(2));
        if (lua_rawgeti(L, lua_upvalueindex(1), given) == LUA_TNIL) return 0;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) != LUA_TNIL) return 2;
        lua_pop(L, 2);
    }
}

int pl_lib_pairs(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lua_Integer length;
    if (is_plain_list(L, 1, &length)) {
        lua_pushinteger(L, length);
        lua_pushcclosure(L, next_in_list, 1);
    } else {
        pl_collect_keys(L, 1, false);
        lua_pushinteger(L, 0);
        lua_pushcclosure(L, next_in_keys, 2);
    }
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

// next(table, key): the order of the last table asked about is kept, so that a loop over next is not quadratic.
static const char last_table_key = 0, last_keys_key = 0, last_place_key = 0;

static bool same_table_as_last(lua_State *L) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &last_table_key);
    bool same = lua_rawequal(L, -1, 1);
    lua_pop(L, 1);
    return same;
}

static void remember_order(lua_State *L) {
    lua_pushvalue(L, 1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &last_table_key);
    pl_collect_keys(L, 1, false);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &last_keys_key);
    lua_pushinteger(L, 0);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &last_place_key);
}

void pl_forget_order(lua_State *L) {
    lua_pushnil(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &last_table_key);
    lua_pushnil(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &last_keys_key);
}

// The place of the key at index 2 in the list on top of the stack; looks first where the last call left off.
static lua_Integer place_of_key(lua_State *L) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &last_place_key);
    lua_Integer guess = lua_tointeger(L, -1);
    lua_pop(L, 1);
    lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
    pl_spend(L, 1);
    for (lua_Integer tried = 0; tried <= count; tried++) {
        lua_Integer place = tried == 0 ? guess : tried;
        bool found = lua_rawgeti(L, -1, place) != LUA_TNIL && lua_rawequal(L, -1, 2);
        lua_pop(L, 1);
        if (found) return place;
        if (tried > 0) pl_spend(L, 1);
    }
    return -1;
}

int pl_lib_next(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    if (lua_isnil(L, 2) || !same_table_as_last(L)) remember_order(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &last_keys_key);
    lua_Integer place = lua_isnil(L, 2) ? 0 : place_of_key(L);
    if (place < 0) {  // the key may have come after the order was remembered
        lua_pop(L, 1);
        remember_order(L);
        lua_rawgetp(L, LUA_REGISTRYINDEX, &last_keys_key);
        place = place_of_key(L);
    }
    if (place < 0) return luaL_error(L, "invalid key to 'next'");
    for (;;) {
        lua_pushinteger(L, ++place);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &last_place_key);
        if (lua_rawgeti(L, 3, place) == LUA_TNIL) return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) != LUA_TNIL) return 2;
        lua_pop(L, 2);
    }
}

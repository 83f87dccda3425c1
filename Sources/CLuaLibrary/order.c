// pairs, next and ipairs. The order is defined: integers ascending, then strings by byte. Lua's own order differs from
// process to process, and with it every sum and every list a script builds.
#include "library.h"

// A table whose keys are just 1...n needs no sorting. All of them are looked at, because Lua may keep integers among
// its hashed keys: that none comes behind n says nothing. How far the look goes depends on Lua's own order, so it is
// not billed here.
static bool is_plain_list(lua_State *L, int table, lua_Integer *length) {
    lua_Integer count = 0;
    for (lua_pushnil(L); lua_next(L, table) != 0; lua_pop(L, 1)) {
        if (!lua_isinteger(L, -2) || lua_tointeger(L, -2) != count + 1) {
            lua_pop(L, 2);
            return false;
        }
        if (++count % 4096 == 0) pl_spend(L, 0);
    }
    *length = count;
    return true;
}

// upvalue 1: the length
static int next_in_list(lua_State *L) {
    lua_Integer index = lua_tointeger(L, 2), length = lua_tointeger(L, lua_upvalueindex(1));
    while (index < length) {
        lua_pushinteger(L, ++index);
        if (lua_rawgeti(L, 1, index) != LUA_TNIL) return 2;
        lua_pop(L, 2);
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

// upvalue 1: next. What is no table is complained of by next, as the loop's iterator.
static int base_pairs(lua_State *L) {
    luaL_checkany(L, 1);
    lua_settop(L, 1);
    if (lua_type(L, 1) != LUA_TTABLE) {
        lua_pushvalue(L, lua_upvalueindex(1));
        lua_insert(L, 1);
        lua_pushnil(L);
        return 3;
    }
    lua_Integer length;
    if (is_plain_list(L, 1, &length)) {
        pl_spend(L, (uint64_t)length / 4);
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

static int next_element(lua_State *L) {
    lua_Integer index = (lua_Integer)((lua_Unsigned)luaL_checkinteger(L, 2) + 1);
    lua_pushinteger(L, index);
    return lua_geti(L, 1, index) == LUA_TNIL ? 1 : 2;
}

static int base_ipairs(lua_State *L) {
    luaL_checkany(L, 1);
    lua_pushcfunction(L, next_element);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

// next(table, key): the order of the table asked about last is kept, so that a loop over next is not quadratic.
typedef struct last_order {
    const void *table;  // anchored by user value 1, so no other table can have its address
    lua_Integer place;  // of the key that was given out last
    lua_Integer length; // of a plain list; otherwise -1, and user value 2 holds the keys
} last_order;

enum { order_table = 1, order_keys = 2 };
static const char order_key = 0;  // where the registry holds the last_order

static void remember(lua_State *L, last_order *order) {
    order->table = NULL;
    lua_pushvalue(L, 1);
    lua_setiuservalue(L, lua_upvalueindex(1), order_table);
    if (is_plain_list(L, 1, &order->length)) {
        pl_spend(L, (uint64_t)order->length / 4);
        lua_pushnil(L);
    } else {
        order->length = -1;
        pl_collect_keys(L, 1, false);
    }
    lua_setiuservalue(L, lua_upvalueindex(1), order_keys);
    order->table = lua_topointer(L, 1);
    order->place = 0;
}

// Whether the key at index 2 is the one at a place of the remembered order.
static bool is_at(lua_State *L, lua_Integer place) {
    bool same = lua_rawgeti(L, -1, place) != LUA_TNIL && lua_rawequal(L, -1, 2);
    lua_pop(L, 1);
    return same;
}

// The place of the key at index 2; looks first where the last call left off. -1 when it is not there.
static lua_Integer place_of_key(lua_State *L, const last_order *order) {
    if (order->length >= 0) {
        lua_Integer place = lua_isinteger(L, 2) ? lua_tointeger(L, 2) : 0;
        return place >= 1 && place <= order->length ? place : -1;
    }
    lua_getiuservalue(L, lua_upvalueindex(1), order_keys);
    lua_Integer count = (lua_Integer)lua_rawlen(L, -1), found = -1;
    if (is_at(L, order->place)) found = order->place;
    for (lua_Integer place = 1; place <= count && found < 0; place++) {
        pl_spend(L, 1);
        if (is_at(L, place)) found = place;
    }
    lua_pop(L, 1);
    return found;
}

// Pushes key and value at the first place behind that still has a value.
static int push_following(lua_State *L, last_order *order, lua_Integer place) {
    bool plain = order->length >= 0;
    if (!plain) lua_getiuservalue(L, lua_upvalueindex(1), order_keys);
    for (;;) {
        place++;
        if (plain) {
            if (place > order->length) lua_pushnil(L);
            else lua_pushinteger(L, place);
        } else {
            lua_rawgeti(L, 3, place);
        }
        order->place = place;
        if (lua_isnil(L, -1)) return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) != LUA_TNIL) return 2;
        lua_pop(L, 2);
    }
}

// upvalue 1: the last_order
static int base_next(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    last_order *order = lua_touserdata(L, lua_upvalueindex(1));
    bool from_start = lua_isnil(L, 2);
    bool same = order->table == lua_topointer(L, 1);
    if (from_start || !same) remember(L, order);
    lua_Integer place = from_start ? 0 : place_of_key(L, order);
    if (place < 0 && same) {  // the key may have come after the order was remembered
        remember(L, order);
        place = place_of_key(L, order);
    }
    if (place < 0) return luaL_error(L, "invalid key to 'next'");
    pl_spend(L, 1);
    return push_following(L, order, place);
}

void pl_open_iteration(lua_State *L) {
    last_order *order = lua_newuserdatauv(L, sizeof *order, 2);
    *order = (last_order){.length = -1};
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &order_key);
    lua_pushcclosure(L, base_next, 1);
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, base_pairs, 1);
    lua_setfield(L, -3, "pairs");
    lua_setfield(L, -2, "next");
    lua_pushcfunction(L, base_ipairs);
    lua_setfield(L, -2, "ipairs");
}

void pl_forget_order(lua_State *L) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &order_key);
    last_order *order = lua_touserdata(L, -1);
    order->table = NULL;
    lua_pushnil(L);
    lua_setiuservalue(L, -2, order_table);
    lua_pushnil(L);
    lua_setiuservalue(L, -2, order_keys);
    lua_pop(L, 1);
}

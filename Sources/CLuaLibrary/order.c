// pairs, next and ipairs. The order is defined: integers ascending, then strings by byte. Lua's own order differs from
// process to process, and with it every sum and every list a script builds.
#include "library.h"

// What the functions of this file remember: the order of the table that `next` was asked about last, so that a loop
// over next is not quadratic.
typedef struct memory {
    bool layout_is_known, holds_keys;
    const void *table;   // anchored by a user value, so no other table can have its address
    lua_Integer place;   // of the key that was given out last
    lua_Integer length;  // of a plain list; otherwise -1, and a user value holds the keys
} memory;

enum { remembered_table = 1, remembered_keys = 2 };
static const char memory_key = 0;  // where the registry holds the memory

static inline memory *memory_of(lua_State *L) { return pl_of(L)->iteration; }

// Whether no key of a table without hashed keys comes behind its length. Holes before it are skipped by the loop.
static bool ends_at_length(lua_State *L, int table, lua_Integer *length) {
    *length = (lua_Integer)lua_rawlen(L, table);
    if (pl_is_full_list(L, table, *length)) return true;
    if (*length == 0) lua_pushnil(L);
    else lua_pushinteger(L, *length);
    if (lua_next(L, table) == 0) return true;
    lua_pop(L, 2);
    return false;
}

// Where Lua keeps a table's keys can differ from process to process, so what is found out with more or less work costs
// the same: a unit for each key.
static bool walk_list(lua_State *L, int table, lua_Integer *length) {
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

// A table whose keys are just 1...n needs no sorting. Where there are hashed keys all of them are looked at, because
// Lua may keep integers among them: that none comes behind n says nothing.
static bool is_plain_list(lua_State *L, const memory *m, int table, lua_Integer *length) {
    bool known = m->layout_is_known && pl_lacks_hash(L, table) && ends_at_length(L, table, length);
    if (!known && !walk_list(L, table, length)) return false;
    pl_spend(L, (uint64_t)*length);
    return true;
}

// Stock Lua raises this in its core, which puts no place before it.
static int refuse_key(lua_State *L) {
    lua_pushliteral(L, "invalid key to 'next'");
    return lua_error(L);
}

// Iterators may be called by hand, with anything. Stock Lua's are `next` itself, so this is the name of those that
// their caller has none for.
static void check_receiver(lua_State *L) {
    if (lua_type(L, 1) == LUA_TTABLE) return;
    lua_Debug frame = {.name = NULL};
    if (lua_getstack(L, 0, &frame)) lua_getinfo(L, "n", &frame);
    if (frame.name != NULL) luaL_checktype(L, 1, LUA_TTABLE);
    bool named = luaL_getmetafield(L, 1, "__name") == LUA_TSTRING;
    luaL_error(L, "bad argument #1 to 'next' (table expected, got %s)",
               named ? lua_tostring(L, -1) : luaL_typename(L, 1));
}

// The place of the key at index 2 in a list; 0 before its beginning.
static lua_Integer place_in_list(lua_State *L, lua_Integer length) {
    if (lua_isinteger(L, 2)) {
        lua_Integer place = lua_tointeger(L, 2);
        if (place >= 1 && place <= length) return place;
    } else if (lua_isnoneornil(L, 2)) {
        return 0;
    }
    return refuse_key(L);
}

// upvalue 1: the length
static int next_in_list(lua_State *L) {
    check_receiver(L);
    lua_Integer length = lua_tointeger(L, lua_upvalueindex(1)), place = place_in_list(L, length);
    while (place < length) {
        lua_pushinteger(L, ++place);
        if (lua_rawgeti(L, 1, place) != LUA_TNIL) return 2;
        lua_pop(L, 2);
        pl_spend(L, 1);
    }
    lua_pushnil(L);
    return 1;
}

// upvalue 1: the keys, 2: how many were given out. Called by hand with nil it begins again.
static int next_in_keys(lua_State *L) {
    check_receiver(L);
    lua_Integer given = lua_isnoneornil(L, 2) ? 0 : lua_tointeger(L, lua_upvalueindex(2));
    for (;;) {
        lua_pushinteger(L, ++given);
        lua_replace(L, lua_upvalueindex(2));
        if (lua_rawgeti(L, lua_upvalueindex(1), given) == LUA_TNIL) return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) != LUA_TNIL) return 2;
        lua_pop(L, 2);
        pl_spend(L, 1);
    }
}

// Iterators over lists hold nothing but the length, so short lists of one length share one.
enum { longest_shared = 8 };

static void push_shared_iterators(lua_State *L) {
    lua_createtable(L, longest_shared + 1, 0);
    for (int length = 0; length <= longest_shared; length++) {
        lua_pushinteger(L, length);
        lua_pushcclosure(L, next_in_list, 1);
        lua_rawseti(L, -2, length + 1);
    }
}

static void push_list_iterator(lua_State *L, lua_Integer length) {
    if (length <= longest_shared) {
        lua_rawgeti(L, lua_upvalueindex(2), length + 1);
    } else {
        lua_pushinteger(L, length);
        lua_pushcclosure(L, next_in_list, 1);
    }
}

// The loop over what has a metatable: asks its __pairs, and says whether there is one.
static bool ask_pairs(lua_State *L) {
    if (luaL_getmetafield(L, 1, "__pairs") == LUA_TNIL) return false;
    lua_pushvalue(L, 1);
    lua_call(L, 1, 3);
    return true;
}

// upvalue 1: next, 2: the shared iterators. What is no table is complained of by next, as the loop's iterator.
static int base_pairs(lua_State *L) {
    int type = lua_type(L, 1);
    if (type == LUA_TNONE) luaL_checkany(L, 1);
    if (lua_getmetatable(L, 1) && ask_pairs(L)) return 3;
    lua_Integer length;
    if (type != LUA_TTABLE) {
        lua_pushvalue(L, lua_upvalueindex(1));
    } else if (is_plain_list(L, memory_of(L), 1, &length)) {
        push_list_iterator(L, length);
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

static void hold_keys(lua_State *L, memory *m) {
    lua_setiuservalue(L, lua_upvalueindex(1), remembered_keys);
    m->holds_keys = m->length < 0;
}

static void remember(lua_State *L, memory *m) {
    if (m->table != lua_topointer(L, 1)) {
        m->table = NULL;
        lua_pushvalue(L, 1);
        lua_setiuservalue(L, lua_upvalueindex(1), remembered_table);
        m->table = lua_topointer(L, 1);
    }
    m->place = 0;
    if (!is_plain_list(L, m, 1, &m->length)) {
        m->length = 0;  // until the keys are there
        pl_collect_keys(L, 1, false);
        m->length = -1;
        hold_keys(L, m);
    } else if (m->holds_keys) {
        lua_pushnil(L);
        hold_keys(L, m);
    }
}

// Whether the key at index 2 is the one at a place of the remembered order.
static bool is_at(lua_State *L, const memory *m, lua_Integer place) {
    if (place < 1) return false;
    if (m->length >= 0) return place <= m->length && lua_isinteger(L, 2) && lua_tointeger(L, 2) == place;
    lua_getiuservalue(L, lua_upvalueindex(1), remembered_keys);
    bool same = lua_rawgeti(L, -1, place) != LUA_TNIL && lua_rawequal(L, -1, 2);
    lua_pop(L, 2);
    return same;
}

// The place of the key at index 2, or -1.
static lua_Integer place_of_key(lua_State *L, const memory *m) {
    if (m->length >= 0) return is_at(L, m, lua_tointeger(L, 2)) ? lua_tointeger(L, 2) : -1;
    lua_getiuservalue(L, lua_upvalueindex(1), remembered_keys);
    lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
    lua_pop(L, 1);
    for (lua_Integer place = 1; place <= count; place++) {
        pl_spend(L, 1);
        if (is_at(L, m, place)) return place;
    }
    return -1;
}

// Pushes key and value at the first place behind that still has a value.
static int push_following(lua_State *L, memory *m, lua_Integer place) {
    bool plain = m->length >= 0;
    if (!plain) lua_getiuservalue(L, lua_upvalueindex(1), remembered_keys);
    for (;;) {
        place++;
        if (plain) {
            if (place > m->length) lua_pushnil(L);
            else lua_pushinteger(L, place);
        } else {
            lua_rawgeti(L, 3, place);
        }
        m->place = place;
        if (lua_isnil(L, -1)) return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) != LUA_TNIL) return 2;
        lua_pop(L, 2);
        pl_spend(L, 1);
    }
}

// The usual step of a loop over a list. Pushes nothing and returns 0 where it is another case: also for what is no
// table, whose address is null like that of a forgotten one.
static int next_in_remembered_list(lua_State *L, memory *m) {
    if (m->table == NULL || m->table != lua_topointer(L, 1) || m->place >= m->length || m->place == 0) return 0;
    if (!lua_isinteger(L, 2) || lua_tointeger(L, 2) != m->place) return 0;
    lua_pushinteger(L, m->place + 1);
    if (lua_rawgeti(L, 1, m->place + 1) != LUA_TNIL) {
        m->place++;
        return 2;
    }
    lua_pop(L, 2);
    return 0;
}

// Whether a table is empty is asked often, and needs no order where the first key is known.
static bool push_first_of_list(lua_State *L, const memory *m) {
    if (!m->layout_is_known || !pl_lacks_hash(L, 1)) return false;
    lua_pushinteger(L, 1);
    if (lua_rawgeti(L, 1, 1) != LUA_TNIL) {
        if (pl_of(L)->limits.fuel != 0) pl_spend(L, lua_rawlen(L, 1) + 1);  // as much as finding the order
        return true;
    }
    lua_pop(L, 2);
    return false;
}

// upvalue 1 keeps the memory
static int base_next(lua_State *L) {
    memory *m = memory_of(L);
    int count = next_in_remembered_list(L, m);
    if (count > 0) return count;
    luaL_checktype(L, 1, LUA_TTABLE);
    bool begins = lua_isnoneornil(L, 2);
    if (begins && push_first_of_list(L, m)) return 2;
    lua_settop(L, 2);
    lua_Integer place = 0;
    if (begins) {
        remember(L, m);
    } else if (m->table == lua_topointer(L, 1) && is_at(L, m, m->place)) {
        place = m->place;
    } else {  // no step of a loop: the table may have changed since
        remember(L, m);
        place = place_of_key(L, m);
    }
    if (place < 0) return refuse_key(L);
    pl_spend(L, 1);
    return push_following(L, m, place);
}

void pl_open_iteration(lua_State *L) {
    memory *m = lua_newuserdatauv(L, sizeof *m, 2);
    *m = (memory){.length = -1, .layout_is_known = pl_layout_is_known(L)};
    pl_of(L)->iteration = m;
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &memory_key);
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, base_next, 1);
    lua_pushvalue(L, -1);
    lua_setfield(L, -4, "next");
    lua_replace(L, -2);
    push_shared_iterators(L);
    lua_pushcclosure(L, base_pairs, 2);
    lua_setfield(L, -2, "pairs");
    lua_pushcfunction(L, base_ipairs);
    lua_setfield(L, -2, "ipairs");
}

void pl_forget_order(lua_State *L) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &memory_key);
    memory *m = memory_of(L);
    m->table = NULL;
    m->place = 0;
    lua_pushnil(L);
    lua_setiuservalue(L, -2, remembered_table);
    lua_pushnil(L);
    lua_setiuservalue(L, -2, remembered_keys);
    lua_pop(L, 1);
}

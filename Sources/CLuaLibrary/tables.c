// table.concat, insert, move, pack, remove, unpack.
#include "text.h"

#include <limits.h>

enum { reads = 1, writes = 2, measures = 4 };

// What is no table must behave like one in the ways that are needed.
static void check_table(lua_State *L, int index, int needs) {
    if (lua_type(L, index) == LUA_TTABLE) return;
    int top = lua_gettop(L);
    bool good = lua_getmetatable(L, index);
    const struct {
        int need;
        const char *name;
    } fields[] = {{reads, "__index"}, {writes, "__newindex"}, {measures, "__len"}};
    for (int i = 0; good && i < 3; i++) {
        if ((needs & fields[i].need) == 0) continue;
        lua_pushstring(L, fields[i].name);
        good = lua_rawget(L, top + 1) != LUA_TNIL;
        lua_pop(L, 1);
    }
    lua_settop(L, top);
    if (!good) luaL_checktype(L, index, LUA_TTABLE);
}

static lua_Integer check_list(lua_State *L, int index, int needs) {
    check_table(L, index, needs | measures);
    return luaL_len(L, index);
}

enum { moves_between_checks = 1024 };

// Moves `count` elements from `from` on to places from `to` on, upwards or downwards. The lengths that scripts claim
// may be as large as integers are, so the whole is billed first and the clock is looked at now and then.
static void move(lua_State *L, int source, lua_Integer from, int target, lua_Integer to, lua_Integer count, bool up) {
    lua_Integer step = up ? 1 : -1;
    if (!up) {
        from += count - 1;
        to += count - 1;
    }
    pl_spend(L, (uint64_t)count);
    while (count > 0) {
        lua_Integer some = count < moves_between_checks ? count : moves_between_checks;
        for (lua_Integer i = 0; i < some; i++) {
            lua_geti(L, source, from + i * step);
            lua_seti(L, target, to + i * step);
        }
        count -= some;
        if (count == 0) break;  // the places behind the last may be no integers
        from += some * step;
        to += some * step;
        pl_spend(L, 0);
    }
}

static int table_insert(lua_State *L) {
    lua_Integer behind = (lua_Integer)((lua_Unsigned)check_list(L, 1, reads | writes) + 1), place = behind;
    switch (lua_gettop(L)) {
    case 2: break;
    case 3:
        place = luaL_checkinteger(L, 2);
        luaL_argcheck(L, (lua_Unsigned)place - 1 < (lua_Unsigned)behind, 2, "position out of bounds");
        if (place < behind) move(L, 1, place, 1, place + 1, behind - place, false);
        break;
    default: return luaL_error(L, "wrong number of arguments to 'insert'");
    }
    lua_seti(L, 1, place);
    return 0;
}

static int table_remove(lua_State *L) {
    lua_Integer count = check_list(L, 1, reads | writes), place = luaL_optinteger(L, 2, count);
    if (place != count)
        luaL_argcheck(L, (lua_Unsigned)place - 1 <= (lua_Unsigned)count, 1, "position out of bounds");
    lua_geti(L, 1, place);
    if (place < count) {
        move(L, 1, place + 1, 1, place, count - place, true);
        place = count;
    }
    lua_pushnil(L);
    lua_seti(L, 1, place);
    return 1;
}

static int table_move(lua_State *L) {
    lua_Integer from = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3), to = luaL_checkinteger(L, 4);
    int target = lua_isnoneornil(L, 5) ? 1 : 5;
    check_table(L, 1, reads);
    check_table(L, target, writes);
    if (last >= from) {
        luaL_argcheck(L, from > 0 || last < LUA_MAXINTEGER + from, 3, "too many elements to move");
        lua_Integer count = last - from + 1;
        luaL_argcheck(L, to <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
        bool apart = to > last || to <= from || (target != 1 && !lua_compare(L, 1, target, LUA_OPEQ));
        move(L, 1, from, target, to, count, apart);
    }
    lua_pushvalue(L, target);
    return 1;
}

static void add_element(lua_State *L, pl_text *text, lua_Integer place) {
    lua_geti(L, 1, place);
    if (!lua_isstring(L, -1))
        luaL_error(L, "invalid value (%s) at index %I in table for 'concat'", luaL_typename(L, -1), (LUAI_UACINT)place);
    pl_text_add_value(text);
}

static int table_concat(lua_State *L) {
    lua_Integer last = check_list(L, 1, reads);
    size_t gap;
    const char *separator = luaL_optlstring(L, 2, "", &gap);
    lua_Integer place = luaL_optinteger(L, 3, 1);
    last = luaL_optinteger(L, 4, last);
    pl_text text;
    pl_text_open(L, &text);
    for (; place <= last; place++) {
        pl_spend(L, 1 + gap / 16);
        add_element(L, &text, place);
        if (place == last) break;  // the last place may be the largest integer
        pl_text_add(&text, separator, gap);
    }
    pl_text_push(&text);
    return 1;
}

static int table_pack(lua_State *L) {
    int count = lua_gettop(L);
    pl_spend(L, (uint64_t)count / 4);
    lua_createtable(L, count, 1);
    lua_insert(L, 1);
    for (int i = count; i >= 1; i--) lua_seti(L, 1, i);
    lua_pushinteger(L, count);
    lua_setfield(L, 1, "n");
    return 1;
}

static int table_unpack(lua_State *L) {
    lua_Integer place = luaL_optinteger(L, 2, 1);
    lua_Integer last = lua_isnoneornil(L, 3) ? luaL_len(L, 1) : luaL_checkinteger(L, 3);
    if (place > last) return 0;
    lua_Unsigned count = (lua_Unsigned)last - (lua_Unsigned)place + 1;
    if (count == 0 || count >= INT_MAX || !lua_checkstack(L, (int)count)) {
        pl_spend(L, 0);
        return luaL_error(L, "too many results to unpack");
    }
    pl_spend(L, count / 4);
    for (lua_Unsigned i = 0; i < count; i++) lua_geti(L, 1, place + (lua_Integer)i);
    return (int)count;
}

const luaL_Reg pl_tables[] = {
    {"concat", table_concat}, {"insert", table_insert}, {"move", table_move}, {"pack", table_pack},
    {"remove", table_remove}, {"sort", pl_lib_sort},    {"unpack", table_unpack}, {NULL, NULL},
};

// table.sort, stable: a bottom-up merge sort. It makes at most n log2 n comparisons whatever the comparator says, so
// an inconsistent one gives some order, never an error, a hang or a read outside the list.
#include "library.h"

enum { source = 3, target = 4 };  // stack places of the two lists that merging moves between

static bool less(lua_State *L, bool has_comparator) {
    if (!has_comparator) return lua_compare(L, -2, -1, LUA_OPLT);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -3);
    lua_pushvalue(L, -3);
    lua_call(L, 2, 1);
    bool result = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return result;
}

// Takes the left value unless the right one is strictly less: that is what makes it stable.
static void merge(lua_State *L, int from, int to, lua_Integer left, lua_Integer middle, lua_Integer right,
                  bool has_comparator) {
    lua_Integer i = left, j = middle;
    for (lua_Integer out = left; out < right; out++) {
        pl_spend(L, 1);
        bool take_right = i >= middle;
        if (!take_right && j < right) {
            lua_rawgeti(L, from, j);
            lua_rawgeti(L, from, i);
            take_right = less(L, has_comparator);
            lua_pop(L, 2);
        }
        lua_rawgeti(L, from, take_right ? j++ : i++);
        lua_rawseti(L, to, out);
    }
}

int pl_lib_sort(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer count = luaL_len(L, 1);
    luaL_argcheck(L, count < INT32_MAX, 1, "array too big");
    bool has_comparator = !lua_isnoneornil(L, 2);
    if (has_comparator) luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    if (count < 2) return 0;
    lua_createtable(L, 0, 0);
    lua_createtable(L, 0, 0);
    for (lua_Integer i = 1; i <= count; i++) {
        pl_spend(L, 1);
        lua_geti(L, 1, i);
        lua_rawseti(L, source, i);
    }
    int from = source, to = target;
    for (lua_Integer width = 1; width < count; width *= 2) {
        for (lua_Integer left = 1; left <= count; left += 2 * width) {
            lua_Integer middle = left + width <= count + 1 ? left + width : count + 1;
            lua_Integer right = left + 2 * width <= count + 1 ? left + 2 * width : count + 1;
            merge(L, from, to, left, middle, right, has_comparator);
        }
        int swap = from;
        from = to;
        to = swap;
    }
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, from, i);
        lua_seti(L, 1, i);
    }
    return 0;
}

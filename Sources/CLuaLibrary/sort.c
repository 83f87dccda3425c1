// table.sort, stable: a merge sort of places. It makes at most n log2 n comparisons whatever the comparator says, so an
// inconsistent one gives some order, never an error, a hang or a read outside the list.
//
// Lists of numbers or of strings, sorted without a comparator, are compared here; all others ask Lua.
#include "library.h"

#include <string.h>

enum { elements = 3 };  // the place on the stack of a copy of the list

typedef enum order_kind { by_integer, by_float, by_text, by_lua, by_comparator } order_kind;

// A sort key and where its element stands in the copy. Texts: the first eight bytes as a number, so that most
// comparisons look no further.
typedef struct key {
    union {
        lua_Integer integer;
        lua_Number number;
        uint64_t prefix;
    };
    const char *text;
    size_t length;
    uint32_t place;
} key;

typedef struct sorting {
    lua_State *L;
    order_kind kind;
    key *keys, *spare;
    uint32_t count;
} sorting;

static uint64_t prefix_of(const char *text, size_t length) {
    uint64_t prefix = 0;
    for (size_t i = 0; i < 8; i++) prefix = prefix << 8 | (i < length ? (unsigned char)text[i] : 0);
    return prefix;
}

static bool text_precedes(const key *a, const key *b) {
    if (a->prefix != b->prefix) return a->prefix < b->prefix;
    size_t shorter = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->text, b->text, shorter);
    return order != 0 ? order < 0 : a->length < b->length;
}

static bool lua_precedes(lua_State *L, order_kind kind, uint32_t a, uint32_t b) {
    if (kind == by_comparator) lua_pushvalue(L, 2);
    lua_rawgeti(L, elements, a);
    lua_rawgeti(L, elements, b);
    bool less;
    if (kind == by_lua) {
        less = lua_compare(L, -2, -1, LUA_OPLT);
        lua_pop(L, 2);
    } else {
        lua_call(L, 2, 1);
        less = lua_toboolean(L, -1);
        lua_pop(L, 1);
    }
    return less;
}

static inline bool precedes(const sorting *s, const key *a, const key *b) {
    switch (s->kind) {
    case by_integer: return a->integer < b->integer;
    case by_float: return a->number < b->number;
    case by_text: return text_precedes(a, b);
    default: return lua_precedes(s->L, s->kind, a->place, b->place);
    }
}

// Takes from the left unless the right one is strictly less: that is what makes it stable.
static void merge(const sorting *s, const key *from, key *to, uint32_t left, uint32_t middle, uint32_t right) {
    uint32_t i = left, j = middle;
    // Halves that are in order already are common, and one comparison tells.
    if (middle < right && precedes(s, &from[middle], &from[middle - 1])) {
        while (i < middle && j < right) {
            bool take_right = precedes(s, &from[j], &from[i]);
            to[left++] = take_right ? from[j++] : from[i++];
        }
    }
    memcpy(to + left, from + i, (middle - i) * sizeof *to);
    memcpy(to + left + (middle - i), from + j, (right - j) * sizeof *to);
}

static uint32_t earlier(uint64_t a, uint32_t b) { return a < b ? (uint32_t)a : b; }

static void sort_keys(sorting *s) {
    for (uint64_t width = 1; width < s->count; width *= 2) {
        for (uint64_t left = 0, billed = 0; left < s->count; left += 2 * width) {
            if (left >= billed) {  // what is compared here is billed in pieces, what Lua compares costs more
                pl_spend(s->L, s->kind >= by_lua ? 2 * width : 512);
                billed = s->kind >= by_lua ? left : left + 2048;
            }
            merge(s, s->keys, s->spare, (uint32_t)left, earlier(left + width, s->count),
                  earlier(left + 2 * width, s->count));
        }
        key *swap = s->keys;
        s->keys = s->spare;
        s->spare = swap;
    }
}

// Copies the list and says how its elements can be compared.
static order_kind copy_list(lua_State *L, lua_Integer count, bool has_comparator) {
    bool integers = true, floats = true, texts = true;
    lua_createtable(L, count < 1 << 16 ? (int)count : 1 << 16, 0);
    for (lua_Integer i = 1; i <= count; i++) {
        if (i % 1024 == 1) pl_spend(L, 1024);
        int type = lua_geti(L, 1, i);
        bool integer = type == LUA_TNUMBER && lua_isinteger(L, -1);
        integers = integers && integer;
        floats = floats && type == LUA_TNUMBER && !integer;
        texts = texts && type == LUA_TSTRING;
        lua_rawseti(L, elements, i);
    }
    if (has_comparator) return by_comparator;
    return integers ? by_integer : floats ? by_float : texts ? by_text : by_lua;
}

static void read_keys(sorting *s) {
    for (uint32_t i = 0; i < s->count; i++) {
        key *k = &s->keys[i];
        k->place = i + 1;
        if (s->kind >= by_lua) continue;
        lua_rawgeti(s->L, elements, i + 1);
        if (s->kind == by_integer) k->integer = lua_tointeger(s->L, -1);
        if (s->kind == by_float) k->number = lua_tonumber(s->L, -1);
        if (s->kind == by_text) {
            k->text = lua_tolstring(s->L, -1, &k->length);
            k->prefix = prefix_of(k->text, k->length);
        }
        lua_pop(s->L, 1);
    }
}

int pl_lib_sort(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer count = luaL_len(L, 1);
    if (count < 2) return 0;
    luaL_argcheck(L, count < INT32_MAX, 1, "array too big");
    bool has_comparator = !lua_isnoneornil(L, 2);
    if (has_comparator) luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    sorting s = {.L = L, .count = (uint32_t)count};
    s.kind = copy_list(L, count, has_comparator);
    s.keys = lua_newuserdatauv(L, (size_t)count * sizeof(key), 0);
    s.spare = lua_newuserdatauv(L, (size_t)count * sizeof(key), 0);
    read_keys(&s);
    sort_keys(&s);
    for (uint32_t i = 0; i < s.count; i++) {
        if (i % 1024 == 0) pl_spend(L, 256);
        lua_rawgeti(L, elements, s.keys[i].place);
        lua_seti(L, 1, (lua_Integer)i + 1);
    }
    return 0;
}

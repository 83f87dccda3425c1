// table.sort, stable: a merge sort of places. It makes at most n log2 n comparisons whatever the comparator says, so an
// inconsistent one gives some order, never an error, a hang or a read outside the list.
//
// Lists of numbers or of strings, sorted without a comparator, are compared here; all others ask Lua.
#include "library.h"

#include <string.h>

// A short list is copied onto the stack, a long one into a table at this place.
enum { copies = 3, short_list = 24 };

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
    bool on_stack;
} sorting;

static inline void push_element(const sorting *s, uint32_t place) {
    if (s->on_stack) lua_pushvalue(s->L, copies - 1 + (int)place);
    else lua_rawgeti(s->L, copies, place);
}

static uint64_t prefix_of(const char *text, size_t length) {
    uint64_t prefix = 0;
    for (size_t i = 0; i < 8; i++) prefix = prefix << 8 | (i < length ? (unsigned char)text[i] : 0);
    return prefix;
}

static bool text_precedes(const sorting *s, const key *a, const key *b) {
    if (a->prefix != b->prefix) return a->prefix < b->prefix;
    size_t shorter = a->length < b->length ? a->length : b->length;
    pl_spend_bytes(s->L, shorter);
    int order = memcmp(a->text, b->text, shorter);
    return order != 0 ? order < 0 : a->length < b->length;
}

static bool lua_precedes(const sorting *s, uint32_t a, uint32_t b) {
    lua_State *L = s->L;
    if (s->kind == by_lua && s->on_stack) return lua_compare(L, copies - 1 + (int)a, copies - 1 + (int)b, LUA_OPLT);
    if (s->kind == by_comparator) lua_pushvalue(L, 2);
    push_element(s, a);
    push_element(s, b);
    bool less;
    if (s->kind == by_lua) {
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
    case by_text: return text_precedes(s, a, b);
    default: return lua_precedes(s, a->place, b->place);
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

enum { keys_between_bills = 1024 };

static void sort_keys(sorting *s) {
    for (uint64_t width = 1; width < s->count; width *= 2) {
        uint64_t billed = 0;
        for (uint64_t left = 0; left < s->count; left += 2 * width) {
            uint32_t right = earlier(left + 2 * width, s->count);
            if (right - billed >= keys_between_bills || right == s->count) {
                // Comparisons made here cost a fraction of an instruction, those that Lua makes more than one.
                pl_spend(s->L, s->kind < by_lua ? (right - billed) / 4 : right - billed);
                billed = right;
            }
            merge(s, s->keys, s->spare, (uint32_t)left, earlier(left + width, s->count), right);
        }
        key *swap = s->keys;
        s->keys = s->spare;
        s->spare = swap;
    }
}

// Copies the list and says how its elements can be compared.
static order_kind copy_list(const sorting *s, bool has_comparator) {
    lua_State *L = s->L;
    bool integers = true, floats = true, texts = true;
    if (s->on_stack) luaL_checkstack(L, short_list + 8, NULL);
    else lua_createtable(L, s->count < 1 << 16 ? (int)s->count : 1 << 16, 0);
    for (uint32_t i = 1; i <= s->count; i++) {
        if (i % keys_between_bills == 0) pl_spend(L, keys_between_bills);
        int type = lua_geti(L, 1, i);
        bool integer = type == LUA_TNUMBER && lua_isinteger(L, -1);
        integers = integers && integer;
        floats = floats && type == LUA_TNUMBER && !integer;
        texts = texts && type == LUA_TSTRING;
        if (!s->on_stack) lua_rawseti(L, copies, i);
    }
    if (has_comparator) return by_comparator;
    return integers ? by_integer : floats ? by_float : texts ? by_text : by_lua;
}

static void read_keys(sorting *s) {
    for (uint32_t i = 0; i < s->count; i++) {
        key *k = &s->keys[i];
        k->place = i + 1;
        if (s->kind >= by_lua) continue;
        push_element(s, i + 1);
        if (s->kind == by_integer) k->integer = lua_tointeger(s->L, -1);
        if (s->kind == by_float) k->number = lua_tonumber(s->L, -1);
        if (s->kind == by_text) {
            k->text = lua_tolstring(s->L, -1, &k->length);
            k->prefix = prefix_of(k->text, k->length);
        }
        lua_pop(s->L, 1);
    }
}

static void write_back(const sorting *s) {
    for (uint32_t i = 0; i < s->count; i++) {
        if (i % keys_between_bills == keys_between_bills - 1) pl_spend(s->L, keys_between_bills);
        push_element(s, s->keys[i].place);
        lua_seti(s->L, 1, (lua_Integer)i + 1);
    }
}

static void sort(lua_State *L, uint32_t count, bool has_comparator) {
    key short_keys[2 * short_list];
    sorting s = {.L = L, .count = count, .on_stack = count <= short_list, .keys = short_keys,
                 .spare = short_keys + short_list};
    s.kind = copy_list(&s, has_comparator);
    if (!s.on_stack) {
        s.keys = lua_newuserdatauv(L, (size_t)count * sizeof(key), 0);
        s.spare = lua_newuserdatauv(L, (size_t)count * sizeof(key), 0);
    }
    read_keys(&s);
    sort_keys(&s);
    write_back(&s);
}

int pl_lib_sort(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer count = luaL_len(L, 1);
    if (count < 2) return 0;
    luaL_argcheck(L, count < INT32_MAX, 1, "array too big");
    bool has_comparator = !lua_isnoneornil(L, 2);
    if (has_comparator) luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    sort(L, (uint32_t)count, has_comparator);
    return 0;
}

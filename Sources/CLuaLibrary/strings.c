// string.byte, char, len, lower, rep, reverse, sub, upper.
#include "text.h"

#include <limits.h>

static int string_len(lua_State *L) {
    size_t length;
    luaL_checklstring(L, 1, &length);
    lua_pushinteger(L, (lua_Integer)length);
    return 1;
}

static int string_sub(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    size_t first = pl_place_from_start(luaL_checkinteger(L, 2), length);
    size_t last = pl_place_of_end(luaL_optinteger(L, 3, -1), length);
    size_t count = first <= last ? last - first + 1 : 0;
    pl_spend_bytes(L, count);
    lua_pushlstring(L, count > 0 ? text + first - 1 : "", count);
    return 1;
}

static int string_byte(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_Integer place = luaL_optinteger(L, 2, 1);
    size_t first = pl_place_from_start(place, length);
    size_t last = pl_place_of_end(luaL_optinteger(L, 3, place), length);
    if (first > last) return 0;
    if (last - first >= INT_MAX) return luaL_error(L, "string slice too long");
    int count = (int)(last - first) + 1;
    if (count == 1) {
        lua_pushinteger(L, (unsigned char)text[first - 1]);
        return 1;
    }
    pl_spend(L, (uint64_t)count / 4);
    luaL_checkstack(L, count, "string slice too long");
    for (int i = 0; i < count; i++) lua_pushinteger(L, (unsigned char)text[first - 1 + (size_t)i]);
    return count;
}

static int string_char(lua_State *L) {
    int count = lua_gettop(L);
    pl_spend(L, (uint64_t)count / 4);
    pl_text text;
    pl_text_open(L, &text);
    char *at = pl_text_room(&text, (size_t)count);
    for (int i = 1; i <= count; i++) {
        lua_Unsigned code = (lua_Unsigned)luaL_checkinteger(L, i);
        luaL_argcheck(L, code <= UCHAR_MAX, i, "value out of range");
        *at++ = (char)code;
    }
    text.length = (size_t)count;
    pl_text_push(&text);
    return 1;
}

static int string_reverse(lua_State *L) {
    size_t length;
    const char *from = luaL_checklstring(L, 1, &length);
    pl_text text;
    pl_text_open(L, &text);
    pl_spend_bytes(L, length);
    char *to = pl_text_room(&text, length);
    for (size_t i = 0; i < length; i++) to[i] = from[length - 1 - i];
    text.length = length;
    pl_text_push(&text);
    return 1;
}

// The letters between `first` and `first` + 25 change their case. No locale is asked: results must not depend on one.
static int change_case(lua_State *L, unsigned char first) {
    size_t length;
    const char *from = luaL_checklstring(L, 1, &length);
    pl_text text;
    pl_text_open(L, &text);
    pl_spend_bytes(L, length);
    char *to = pl_text_room(&text, length);
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)from[i];
        to[i] = (char)((unsigned char)(byte - first) < 26 ? byte ^ 0x20 : byte);
    }
    text.length = length;
    pl_text_push(&text);
    return 1;
}

static int string_lower(lua_State *L) { return change_case(L, 'A'); }
static int string_upper(lua_State *L) { return change_case(L, 'a'); }

// Fills `total` bytes with copies of the first `piece` bytes, twice as many at each turn.
static void fill_with_copies(char *bytes, size_t piece, size_t total) {
    for (size_t done = piece; done < total;) {
        size_t more = done < total - done ? done : total - done;
        memcpy(bytes + done, bytes, more);
        done += more;
    }
}

// What is longer than any text of stock Lua's is its error, as there. Where all copies together are larger than the
// script's memory, they are not begun.
static int string_rep(lua_State *L) {
    size_t length, gap;
    const char *piece = luaL_checklstring(L, 1, &length);
    lua_Integer times = luaL_checkinteger(L, 2);
    const char *separator = luaL_optlstring(L, 3, "", &gap);
    if (times <= 0 || length + gap == 0 || (times == 1 && length == 0)) {
        lua_pushliteral(L, "");
        return 1;
    }
    if (length + gap > INT_MAX / (lua_Unsigned)times) return luaL_error(L, "resulting string too large");
    size_t total = (size_t)times * (length + gap) - gap;
    if (total > pl_of(L)->limits.memory) pl_stop_for_memory(L, total);
    pl_spend_bytes(L, total);
    pl_text text;
    pl_text_open(L, &text);
    char *at = pl_text_room(&text, total);
    memcpy(at, piece, length);
    if (times > 1) {
        memcpy(at + length, separator, gap);
        fill_with_copies(at, length + gap, total);
    }
    text.length = total;
    pl_text_push(&text);
    return 1;
}

const luaL_Reg pl_strings[] = {
    {"byte", string_byte},       {"char", string_char}, {"format", pl_lib_format}, {"len", string_len},
    {"lower", string_lower},     {"rep", string_rep},   {"reverse", string_reverse}, {"sub", string_sub},
    {"upper", string_upper},     {NULL, NULL},
};

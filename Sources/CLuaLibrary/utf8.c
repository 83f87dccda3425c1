// utf8.*: UTF-8 as the manual has it, with sequences of up to six bytes where a call is lax.
#include "text.h"

#include <limits.h>

enum { last_unicode = 0x10FFFF };
#define LAST_LAX 0x7FFFFFFFu

static bool is_continuation(char byte) { return ((unsigned char)byte & 0xC0) == 0x80; }

// Reads the sequence at `at`; null when it is none, is longer than needed, or names what is no character.
static const char *read_code(const char *at, const char *end, bool strict, uint32_t *code) {
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000};
    unsigned char first = (unsigned char)*at++;
    if (first < 0x80) {
        *code = first;
        return at;
    }
    int more = first >= 0xFE ? -1 : first >= 0xFC ? 5 : first >= 0xF8 ? 4 : first >= 0xF0 ? 3 : first >= 0xE0 ? 2
             : first >= 0xC0 ? 1 : -1;
    if (more < 0 || end - at < more) return NULL;
    uint32_t value = first & (0x3Fu >> more);
    for (int i = 0; i < more; i++) {
        if (!is_continuation(*at)) return NULL;
        value = value << 6 | ((unsigned char)*at++ & 0x3F);
    }
    if (value < least[more]) return NULL;
    if (strict && (value > last_unicode || (value >= 0xD800 && value <= 0xDFFF))) return NULL;
    *code = value;
    return at;
}

// Writes a code in as few bytes as it takes.
static size_t write_code(char *out, uint32_t code) {
    if (code < 0x80) {
        *out = (char)code;
        return 1;
    }
    size_t more = code < 0x800 ? 1 : code < 0x10000 ? 2 : code < 0x200000 ? 3 : code < 0x4000000 ? 4 : 5;
    out[0] = (char)((0xFFu << (7 - more) & 0xFF) | code >> 6 * more);
    for (size_t i = 1; i <= more; i++) out[i] = (char)(0x80 | (code >> 6 * (more - i) & 0x3F));
    return more + 1;
}

static lua_Integer place_from_end(lua_Integer place, size_t length) {
    if (place >= 0) return place;
    return 0 - (size_t)place > length ? 0 : (lua_Integer)length + place + 1;
}

enum { characters_between_bills = 4096 };

static int utf8_len(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_Integer first = place_from_end(luaL_optinteger(L, 2, 1), length);
    lua_Integer last = place_from_end(luaL_optinteger(L, 3, -1), length);
    bool strict = !lua_toboolean(L, 4);
    luaL_argcheck(L, first >= 1 && first <= (lua_Integer)length + 1, 2, "initial position out of bounds");
    luaL_argcheck(L, last <= (lua_Integer)length, 3, "final position out of bounds");
    const char *at = text + first - 1;
    lua_Integer count = 0;
    for (; at - text < last; count++) {
        uint32_t code;
        if (count % characters_between_bills == characters_between_bills - 1) pl_spend(L, characters_between_bills / 4);
        const char *next = read_code(at, text + length, strict, &code);
        if (next == NULL) {
            lua_pushnil(L);
            lua_pushinteger(L, at - text + 1);
            return 2;
        }
        at = next;
    }
    lua_pushinteger(L, count);
    return 1;
}

static int utf8_codepoint(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_Integer first = place_from_end(luaL_optinteger(L, 2, 1), length);
    lua_Integer last = place_from_end(luaL_optinteger(L, 3, first), length);
    bool strict = !lua_toboolean(L, 4);
    luaL_argcheck(L, first >= 1, 2, "out of bounds");
    luaL_argcheck(L, last <= (lua_Integer)length, 3, "out of bounds");
    if (first > last) return 0;
    if (last - first >= INT_MAX) return luaL_error(L, "string slice too long");
    pl_spend(L, (uint64_t)(last - first) / 4);
    luaL_checkstack(L, (int)(last - first) + 1, "string slice too long");
    int count = 0;
    for (const char *at = text + first - 1; at < text + last; count++) {
        uint32_t code;
        at = read_code(at, text + length, strict, &code);
        if (at == NULL) return luaL_error(L, "invalid UTF-8 code");
        lua_pushinteger(L, code);
    }
    return count;
}

static int utf8_char(lua_State *L) {
    int count = lua_gettop(L);
    pl_spend(L, (uint64_t)count / 4);
    pl_text text;
    pl_text_open(L, &text);
    for (int i = 1; i <= count; i++) {
        lua_Unsigned code = (lua_Unsigned)luaL_checkinteger(L, i);
        luaL_argcheck(L, code <= LAST_LAX, i, "value out of range");
        text.length += write_code(pl_text_room(&text, 8), (uint32_t)code);
    }
    pl_text_push(&text);
    return 1;
}

// Bills the way along a text; a single character may be as long as the text where bytes only continue.
static inline void bill_way(lua_State *L, lua_Integer place) {
    if (place % characters_between_bills == 0) pl_spend(L, characters_between_bills / 4);
}

// From `place` so many characters back or on; -1 where there are not so many. Places count bytes from 0. The way is billed in
// stretches, which end where places are multiples: it may be as long as the text, though it is one character.
static lua_Integer walk_back(lua_State *L, const char *text, lua_Integer place, lua_Integer count) {
    while (count > 0 && place > 0) {
        lua_Integer stop = (place - 1) / characters_between_bills * characters_between_bills;
        while (count > 0 && place > stop) {
            place--;
            if (place == 0 || !is_continuation(text[place])) count--;
        }
        if (place == stop) pl_spend(L, characters_between_bills / 4);
    }
    return count == 0 ? place : -1;
}

// Behind a text stands a zero byte, which continues nothing.
static lua_Integer walk_on(lua_State *L, const char *text, lua_Integer length, lua_Integer place, lua_Integer count) {
    while (count > 0 && place < length) {
        lua_Integer multiple = (place / characters_between_bills + 1) * characters_between_bills;
        lua_Integer stop = multiple < length ? multiple : length;
        while (count > 0 && place < stop) {
            place++;
            if (!is_continuation(text[place])) count--;
        }
        if (place == multiple) pl_spend(L, characters_between_bills / 4);
    }
    return count == 0 ? place : -1;
}

// The beginning of the character that a place lies in.
static lua_Integer beginning_of(lua_State *L, const char *text, lua_Integer length, lua_Integer place) {
    while (place > 0 && place < length && is_continuation(text[place])) bill_way(L, --place);
    return place;
}

static int utf8_offset(lua_State *L) {
    size_t size;
    const char *text = luaL_checklstring(L, 1, &size);
    lua_Integer length = (lua_Integer)size, n = luaL_checkinteger(L, 2);
    lua_Integer place = place_from_end(luaL_optinteger(L, 3, n >= 0 ? 1 : length + 1), size) - 1;
    luaL_argcheck(L, place >= 0 && place <= length, 3, "position out of bounds");
    pl_spend(L, 1);
    if (n == 0) {
        place = beginning_of(L, text, length, place);
    } else {
        if (place < length && is_continuation(text[place]))
            return luaL_error(L, "initial position is a continuation byte");
        if (n == LUA_MININTEGER) n++;  // it has no opposite, and no text is so long
        place = n < 0 ? walk_back(L, text, place, -n) : walk_on(L, text, length, place, n - 1);
    }
    if (place >= 0) lua_pushinteger(L, place + 1);
    else lua_pushnil(L);
    return 1;
}

static int next_code(lua_State *L, bool strict) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_Unsigned place = (lua_Unsigned)lua_tointeger(L, 2);
    while (place < length && is_continuation(text[place])) bill_way(L, (lua_Integer)++place);
    if (place >= length) return 0;
    uint32_t code;
    const char *next = read_code(text + place, text + length, strict, &code);
    if (next == NULL || (next < text + length && is_continuation(*next))) return luaL_error(L, "invalid UTF-8 code");
    lua_pushinteger(L, (lua_Integer)place + 1);
    lua_pushinteger(L, code);
    return 2;
}

static int next_code_strictly(lua_State *L) { return next_code(L, true); }
static int next_code_laxly(lua_State *L) { return next_code(L, false); }

static int utf8_codes(lua_State *L) {
    bool lax = lua_toboolean(L, 2);
    const char *text = luaL_checkstring(L, 1);
    luaL_argcheck(L, !is_continuation(*text), 1, "invalid UTF-8 code");
    lua_pushcfunction(L, lax ? next_code_laxly : next_code_strictly);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

const luaL_Reg pl_utf8[] = {
    {"char", utf8_char}, {"codepoint", utf8_codepoint}, {"codes", utf8_codes},
    {"len", utf8_len},   {"offset", utf8_offset},       {NULL, NULL},
};

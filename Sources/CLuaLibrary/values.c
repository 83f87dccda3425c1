// type, tonumber, and the functions that go past metatables.
#include "library.h"

#include <string.h>

static int base_type(lua_State *L) {
    int type = lua_type(L, 1);
    luaL_argcheck(L, type != LUA_TNONE, 1, "value expected");
    lua_pushstring(L, lua_typename(L, type));
    return 1;
}

static bool is_blank(char byte) { return byte != 0 && strchr(" \f\n\r\t\v", byte) != NULL; }

// The value of a digit in bases up to 36, or 36 and more.
static int digit_value(char byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    char small = byte | 0x20;
    return small >= 'a' && small <= 'z' ? small - 'a' + 10 : 99;
}

// Reads an integer that fills the text, blanks aside; one that is too large wraps around.
static bool read_integer(const char *text, const char *end, int base, lua_Integer *result) {
    while (text < end && is_blank(*text)) text++;
    bool negative = text < end && *text == '-';
    if (text < end && (*text == '-' || *text == '+')) text++;
    lua_Unsigned value = 0;
    const char *digits = text;
    for (; text < end && digit_value(*text) < base; text++)
        value = value * (lua_Unsigned)base + (lua_Unsigned)digit_value(*text);
    if (text == digits) return false;
    while (text < end && is_blank(*text)) text++;
    *result = (lua_Integer)(negative ? 0 - value : value);
    return text == end;
}

static int to_integer(lua_State *L) {
    lua_Integer base = luaL_checkinteger(L, 2), value;
    luaL_checktype(L, 1, LUA_TSTRING);
    size_t length;
    const char *text = lua_tolstring(L, 1, &length);
    luaL_argcheck(L, base >= 2 && base <= 36, 2, "base out of range");
    pl_spend_bytes(L, length);
    if (read_integer(text, text + length, (int)base, &value)) lua_pushinteger(L, value);
    else lua_pushnil(L);
    return 1;
}

static int base_tonumber(lua_State *L) {
    if (!lua_isnoneornil(L, 2)) return to_integer(L);
    if (lua_type(L, 1) == LUA_TNUMBER) {
        lua_settop(L, 1);
        return 1;
    }
    luaL_checkany(L, 1);
    size_t length;
    const char *text = lua_tolstring(L, 1, &length);
    if (text != NULL) {
        pl_spend_bytes(L, length);
        if (lua_stringtonumber(L, text) == length + 1) return 1;
    }
    lua_pushnil(L);
    return 1;
}

static int base_rawequal(lua_State *L) {
    luaL_checkany(L, 1);
    luaL_checkany(L, 2);
    lua_pushboolean(L, lua_rawequal(L, 1, 2));
    return 1;
}

static int base_rawlen(lua_State *L) {
    int type = lua_type(L, 1);
    luaL_argexpected(L, type == LUA_TTABLE || type == LUA_TSTRING, 1, "table or string");
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, 1));
    return 1;
}

// Sees to it that there are just `count` arguments, of which the first is a table.
static void check_arguments(lua_State *L, int count) {
    luaL_checktype(L, 1, LUA_TTABLE);
    int given = lua_gettop(L);
    if (given < count) luaL_checkany(L, given + 1);
    if (given > count) lua_settop(L, count);
}

static int base_rawget(lua_State *L) {
    check_arguments(L, 2);
    lua_rawget(L, 1);
    return 1;
}

// A stand-in for a library table cannot be written to, not even raw.
static int base_rawset(lua_State *L) {
    check_arguments(L, 3);
    if (lua_getmetatable(L, 1)) {
        if (pl_is_stand_in(L, 1)) return pl_deny_change(L);
        bool kept_out = pl_is_kept_out(L, 1, 2);
        lua_settop(L, kept_out ? 1 : 3);
        if (kept_out) return 1;
        pl_tell_own_copy(L);
    }
    lua_rawset(L, 1);
    return 1;
}

const luaL_Reg pl_values[] = {
    {"rawequal", base_rawequal}, {"rawget", base_rawget},     {"rawlen", base_rawlen}, {"rawset", base_rawset},
    {"type", base_type},         {"tonumber", base_tonumber}, {NULL, NULL},
};

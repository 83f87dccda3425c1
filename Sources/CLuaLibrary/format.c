// string.format. No conversion shows an address: %p is refused, %s shows tables and functions by their type.
#include "text.h"

#include <math.h>
#include <stdio.h>

enum { longest_conversion = 22 };  // characters behind the percent sign, its letter included

// One conversion: what stands behind the percent sign up to its letter, and the letter.
typedef struct conversion {
    char written[longest_conversion + 4];  // "%", as written, room for the length that C wants
    size_t length;                         // of `written`
    char letter;
} conversion;

static const char *read_conversion(lua_State *L, const char *at, conversion *c) {
    size_t length = strspn(at, "-+ #0123456789.");
    if (length + 1 >= longest_conversion) luaL_error(L, "invalid format (too long)");
    c->written[0] = '%';
    memcpy(c->written + 1, at, length + 1);
    c->written[length + 2] = 0;
    c->length = length + 2;
    c->letter = at[length];
    return at + length + 1;
}

static const char *skip_two_digits(const char *at) {
    for (int i = 0; i < 2 && *at >= '0' && *at <= '9'; i++) at++;
    return at;
}

// Flags, a width and a precision of two digits, as this letter has them.
static void check_conversion(lua_State *L, const conversion *c, const char *flags, bool precision) {
    const char *at = c->written + 1;
    at += strspn(at, flags);
    if (*at != '0') {
        at = skip_two_digits(at);
        if (*at == '.' && precision) at = skip_two_digits(at + 1);
    }
    if (at != c->written + c->length - 1) luaL_error(L, "invalid conversion specification: '%s'", c->written);
}

// Prints with C's own formatting; `room` bytes suffice.
#define print_into(text, room, ...) (text)->length += (size_t)snprintf(pl_text_room(text, room), room, __VA_ARGS__)

static void add_digits(pl_text *text, lua_Integer value) {
    char digits[24], *at = digits + sizeof digits;
    lua_Unsigned rest = value < 0 ? 0 - (lua_Unsigned)value : (lua_Unsigned)value;
    do *--at = (char)('0' + rest % 10);
    while ((rest /= 10) != 0);
    if (value < 0) *--at = '-';
    pl_text_add(text, at, (size_t)(digits + sizeof digits - at));
}

static void add_integer(lua_State *L, pl_text *text, conversion *c, int argument) {
    const char *flags = c->letter == 'd' || c->letter == 'i' ? "-+0 " : c->letter == 'u' ? "-0" : "-#0";
    lua_Integer value = luaL_checkinteger(L, argument);
    check_conversion(L, c, flags, true);
    if (c->length == 2 && (c->letter == 'd' || c->letter == 'i')) {
        add_digits(text, value);
        return;
    }
    c->written[c->length - 1] = 'l';
    c->written[c->length] = 'l';
    c->written[c->length + 1] = c->letter;
    c->written[c->length + 2] = 0;
    print_into(text, 128, c->written, (long long)value);
}

static void add_float(lua_State *L, pl_text *text, const conversion *c, int argument) {
    // The order in which these two are checked is stock Lua's.
    bool hexadecimal = c->letter == 'a' || c->letter == 'A';
    if (hexadecimal) check_conversion(L, c, "-+#0 ", true);
    lua_Number value = luaL_checknumber(L, argument);
    if (!hexadecimal) check_conversion(L, c, "-+#0 ", true);
    print_into(text, 512, c->written, value);
}

static void add_character(lua_State *L, pl_text *text, const conversion *c, int argument) {
    check_conversion(L, c, "-", false);
    int value = (int)luaL_checkinteger(L, argument);
    print_into(text, 128, c->written, value);
}

// A width pads and a precision cuts; without a precision long texts are taken as they are.
static void add_string(lua_State *L, pl_text *text, const conversion *c, int argument) {
    size_t length;
    const char *value = pl_push_text(L, argument, &length);
    if (c->length > 2) {
        luaL_argcheck(L, memchr(value, 0, length) == NULL, argument, "string contains zeros");
        check_conversion(L, c, "-", true);
        const char *point = strchr(c->written, '.');
        if (point != NULL || length < 100) {
            size_t width = 0, most = length;
            bool left = c->written[1] == '-';
            for (const char *at = c->written + 1; *at != '.' && *at != 's'; at++)
                if (*at != '-') width = width * 10 + (size_t)(*at - '0');
            if (point != NULL) {
                most = 0;
                for (const char *at = point + 1; *at != 's'; at++) most = most * 10 + (size_t)(*at - '0');
            }
            if (most > length) most = length;
            print_into(text, 256, "%*.*s", left ? -(int)width : (int)width, (int)most, value);
            lua_pop(L, 1);
            return;
        }
    }
    pl_text_add_value(text);
}

// A text that reads back as the same string.
static void add_quoted_text(lua_State *L, pl_text *text, int argument) {
    size_t length;
    const char *value = lua_tolstring(L, argument, &length);
    pl_spend_bytes(L, length * 2);
    pl_text_add_byte(text, '"');
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)value[i];
        if (byte == '"' || byte == '\\' || byte == '\n') {
            pl_text_add_byte(text, '\\');
            pl_text_add_byte(text, (char)byte);
        } else if (byte < 0x20 || byte == 0x7f) {
            bool digit_follows = i + 1 < length && value[i + 1] >= '0' && value[i + 1] <= '9';
            print_into(text, 8, digit_follows ? "\\%03d" : "\\%d", byte);
        } else {
            pl_text_add_byte(text, (char)byte);
        }
    }
    pl_text_add_byte(text, '"');
}

static void add_quoted_number(lua_State *L, pl_text *text, int argument) {
    if (lua_isinteger(L, argument)) {
        lua_Integer value = lua_tointeger(L, argument);
        print_into(text, 32, value == LUA_MININTEGER ? "0x%llx" : "%lld", (long long)value);
        return;
    }
    lua_Number value = lua_tonumber(L, argument);
    if (value == HUGE_VAL) print_into(text, 32, "1e9999");
    else if (value == -HUGE_VAL) print_into(text, 32, "-1e9999");
    else if (value != value) print_into(text, 32, "(0/0)");
    else print_into(text, 64, "%a", value);
}

static void add_quoted(lua_State *L, pl_text *text, int argument) {
    switch (lua_type(L, argument)) {
    case LUA_TSTRING: add_quoted_text(L, text, argument); break;
    case LUA_TNUMBER: add_quoted_number(L, text, argument); break;
    case LUA_TNIL:
    case LUA_TBOOLEAN:
        pl_push_text(L, argument, NULL);
        pl_text_add_value(text);
        break;
    default: luaL_argerror(L, argument, "value has no literal form");
    }
}

static void add_converted(lua_State *L, pl_text *text, conversion *c, int argument) {
    switch (c->letter) {
    case 'c': add_character(L, text, c, argument); break;
    case 'd': case 'i': case 'u': case 'o': case 'x': case 'X': add_integer(L, text, c, argument); break;
    case 'a': case 'A': case 'e': case 'E': case 'f': case 'g': case 'G': add_float(L, text, c, argument); break;
    case 's': add_string(L, text, c, argument); break;
    case 'q':
        if (c->length > 2) luaL_error(L, "specifier '%%q' cannot have modifiers");
        add_quoted(L, text, argument);
        break;
    case 'p':
        check_conversion(L, c, "-", false);
        luaL_error(L, "string.format: '%%p' is not available: it would show an address");
        break;
    default: luaL_error(L, "invalid conversion '%s' to 'format'", c->written);
    }
}

int pl_lib_format(lua_State *L) {
    size_t length;
    const char *at = luaL_checklstring(L, 1, &length), *end = at + length;
    int argument = 1, count = lua_gettop(L);
    pl_text text;
    pl_text_open(L, &text);
    pl_spend_bytes(L, length);
    while (at < end) {
        const char *mark = memchr(at, '%', (size_t)(end - at));
        if (mark == NULL) mark = end;
        pl_text_add(&text, at, (size_t)(mark - at));
        if (mark == end) break;
        at = mark + 1;
        if (*at == '%') {
            pl_text_add_byte(&text, '%');
            at++;
            continue;
        }
        if (++argument > count) return luaL_argerror(L, argument, "no value");
        conversion c;
        at = read_conversion(L, at, &c);
        pl_spend(L, 4);
        add_converted(L, &text, &c, argument);
    }
    pl_text_push(&text);
    return 1;
}

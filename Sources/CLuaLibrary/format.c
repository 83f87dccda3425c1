// string.format without addresses: %p is refused, and %s shows tables and functions by their type.
#include "library.h"

#include <string.h>

// The letter of the next conversion at or after *at, or 0; "%%" is skipped.
static char next_conversion(const char *format, size_t length, size_t *at) {
    while (*at < length) {
        if (format[(*at)++] != '%') continue;
        if (*at < length && format[*at] == '%') {
            (*at)++;
            continue;
        }
        while (*at < length && strchr("-+ #0.123456789", format[*at]) != NULL && format[*at] != 0) (*at)++;
        return *at < length ? format[(*at)++] : 0;
    }
    return 0;
}

int pl_lib_format(lua_State *L) {
    size_t length, at = 0;
    const char *format = luaL_checklstring(L, 1, &length);
    int count = lua_gettop(L);
    int argument = 1;
    for (char letter = next_conversion(format, length, &at); letter != 0;
         letter = next_conversion(format, length, &at)) {
        argument++;
        if (letter == 'p') return luaL_error(L, "string.format: '%%p' is not available: it would show an address");
        if (letter != 's' || argument > count) continue;
        pl_push_text(L, argument, NULL);
        lua_replace(L, argument);
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, count, 1);
    return 1;
}

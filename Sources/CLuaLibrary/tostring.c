// tostring and print: the texts of values, without addresses.
#include "library.h"

const char *pl_push_text(lua_State *L, int index, size_t *length) {
    index = lua_absindex(L, index);
    if (luaL_callmeta(L, index, "__tostring")) {
        if (!lua_isstring(L, -1)) luaL_error(L, "'__tostring' must return a string");
        return lua_tolstring(L, -1, length);
    }
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
    case LUA_TSTRING:
    case LUA_TBOOLEAN:
    case LUA_TNIL: return luaL_tolstring(L, index, length);
    case LUA_TUSERDATA:
        if (luaL_getmetafield(L, index, "__name") == LUA_TSTRING) return lua_tolstring(L, -1, length);
        // fall through
    default: lua_pushstring(L, luaL_typename(L, index)); return lua_tolstring(L, -1, length);
    }
}

static int base_tostring(lua_State *L) {
    luaL_checkany(L, 1);
    pl_push_text(L, 1, NULL);
    return 1;
}

static void log_bytes(pl_sandbox *sandbox, const char *text, size_t length) {
    for (size_t i = 0; i < length && !sandbox->log_truncated; i++) {
        unsigned char byte = (unsigned char)text[i];
        if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f) byte = ' ';
        if (sandbox->log_lines >= sandbox->limits.log_lines || !pl_buffer_append(&sandbox->log, &byte, 1))
            sandbox->log_truncated = true;
        if (byte == '\n') sandbox->log_lines++;
    }
}

static int base_print(lua_State *L) {
    pl_sandbox *sandbox = pl_of(L);
    int count = lua_gettop(L);
    for (int i = 1; i <= count; i++) {
        size_t length;
        const char *text = pl_push_text(L, i, &length);
        pl_spend_bytes(L, length);
        if (i > 1) log_bytes(sandbox, "\t", 1);
        log_bytes(sandbox, text, length);
        lua_pop(L, 1);
    }
    log_bytes(sandbox, "\n", 1);
    return 0;
}

const luaL_Reg pl_texts[] = {{"print", base_print}, {"tostring", base_tostring}, {NULL, NULL}};

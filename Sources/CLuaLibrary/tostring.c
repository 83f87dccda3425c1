// tostring and print: the texts of values, without addresses.
#include "library.h"

const char *pl_push_text(lua_State *L, int index, size_t *length) {
    index = lua_absindex(L, index);
    int type = lua_type(L, index);
    if (type == LUA_TSTRING || type == LUA_TNUMBER) {  // the metatables of these say nothing about it
        lua_pushvalue(L, index);
        return lua_tolstring(L, -1, length);
    }
    if (luaL_callmeta(L, index, "__tostring")) {
        if (!lua_isstring(L, -1)) luaL_error(L, "'__tostring' must return a string");
        return lua_tolstring(L, -1, length);
    }
    if (type == LUA_TBOOLEAN) lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
    else if (type != LUA_TUSERDATA || luaL_getmetafield(L, index, "__name") != LUA_TSTRING)
        lua_pushstring(L, lua_typename(L, type));
    return lua_tolstring(L, -1, length);
}

static int base_tostring(lua_State *L) {
    luaL_checkany(L, 1);
    pl_push_text(L, 1, NULL);
    return 1;
}

// Control characters are no text: they could change the author's terminal.
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

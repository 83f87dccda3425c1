// pcall, xpcall, tostring, print, setmetatable: where the stock ones would let a script catch its own stop, see
// addresses, or reach finalizers.
#include "library.h"

#include <string.h>

int pl_lib_pcall(lua_State *L) {
    luaL_checkany(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 1);
    int status = lua_pcall(L, lua_gettop(L) - 2, LUA_MULTRET, 0);
    pl_rethrow_if_stopped(L, status);
    if (status == LUA_OK) return lua_gettop(L);
    lua_pushboolean(L, 0);
    lua_insert(L, -2);
    return 2;
}

// The handler runs after unwinding: below a hook or a message handler no hook fires, and it could never be stopped.
int pl_lib_xpcall(lua_State *L) {
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushboolean(L, 1);
    lua_pushvalue(L, 1);
    lua_rotate(L, 3, 2);
    int status = lua_pcall(L, lua_gettop(L) - 4, LUA_MULTRET, 0);
    pl_rethrow_if_stopped(L, status);
    if (status == LUA_OK) return lua_gettop(L) - 2;
    lua_pushvalue(L, 2);
    lua_insert(L, -2);
    lua_call(L, 1, 1);
    lua_pushboolean(L, 0);
    lua_insert(L, -2);
    return 2;
}

// A stand-in for a library table cannot be written to, not even raw.
int pl_lib_rawset(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkany(L, 2);
    luaL_checkany(L, 3);
    lua_settop(L, 3);
    if (lua_getmetatable(L, 1)) {
        lua_pushliteral(L, "__newindex");
        if (lua_rawget(L, -2) == LUA_TFUNCTION && lua_tocfunction(L, -1) == pl_lib_deny_change)
            return pl_lib_deny_change(L);
        lua_settop(L, 3);
    }
    lua_rawset(L, 1);
    return 1;
}

// Memory that a script cannot have is its limit, not an error that it may catch.
int pl_lib_rep(lua_State *L) {
    size_t length, gap;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_Integer times = luaL_checkinteger(L, 2);
    const char *separator = luaL_optlstring(L, 3, "", &gap);
    lua_settop(L, 3);
    if (times <= 0 || length + gap == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    size_t limit = pl_of(L)->limits.memory;
    if (length > limit || gap > limit || (lua_Unsigned)times > (limit + gap) / (length + gap)) pl_stop(L, PL_MEMORY);
    size_t total = (size_t)times * (length + gap) - gap;
    pl_spend(L, total / 16);
    luaL_Buffer buffer;
    char *at = luaL_buffinitsize(L, &buffer, total);
    for (lua_Integer i = 0; i < times; i++) {
        memcpy(at, text, length);
        at += length;
        if (i + 1 < times) memcpy(at, separator, gap), at += gap;
    }
    luaL_pushresultsize(&buffer, total);
    return 1;
}

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

int pl_lib_tostring(lua_State *L) {
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

int pl_lib_print(lua_State *L) {
    pl_sandbox *sandbox = pl_of(L);
    int count = lua_gettop(L);
    for (int i = 1; i <= count; i++) {
        size_t length;
        const char *text = pl_push_text(L, i, &length);
        pl_spend(L, length / 16);
        if (i > 1) log_bytes(sandbox, "\t", 1);
        log_bytes(sandbox, text, length);
        lua_pop(L, 1);
    }
    log_bytes(sandbox, "\n", 1);
    return 0;
}

static const char original_key = 0;  // where a private metatable keeps the one the script gave

static const char *const allowed_fields[] = {
    "__index", "__newindex", "__call", "__add",  "__sub",  "__mul", "__div",  "__mod",      "__pow", "__unm", "__idiv",
    "__band",  "__bor",      "__bxor", "__shl",  "__shr",  "__bnot", "__concat", "__len",   "__eq",  "__lt",  "__le",
    "__tostring", "__metatable", NULL};

static bool is_protected(lua_State *L, int index) {
    bool found = luaL_getmetafield(L, index, "__metatable") != LUA_TNIL;
    if (found) lua_pop(L, 1);
    return found;
}

// Finalizers run with hooks off and weak tables meet bugs under a memory cap, so a script's metatable is copied,
// allowed fields only, and the copy is what Lua uses.
int pl_lib_setmetatable(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, lua_isnil(L, 2) || lua_istable(L, 2), 2, "nil or table");
    if (is_protected(L, 1)) return luaL_error(L, "cannot change a protected metatable");
    lua_settop(L, 2);
    if (lua_isnil(L, 2)) {
        lua_setmetatable(L, 1);
        return 1;
    }
    lua_newtable(L);
    for (const char *const *name = allowed_fields; *name != NULL; name++) {
        lua_pushstring(L, *name);
        if (lua_rawget(L, 2) == LUA_TNIL) lua_pop(L, 1);
        else lua_setfield(L, 3, *name);
    }
    lua_pushvalue(L, 2);
    lua_rawsetp(L, 3, &original_key);
    lua_setmetatable(L, 1);
    lua_settop(L, 1);
    return 1;
}

int pl_lib_getmetatable(lua_State *L) {
    luaL_checkany(L, 1);
    if (!lua_getmetatable(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL) return 1;
    lua_rawgetp(L, -1, &original_key);
    return 1;
}

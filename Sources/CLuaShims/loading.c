// Source texts on their way into Lua: the script's, and those of the modules that it may require.
#include "pl_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct loading {
    pl_sandbox *sandbox;
    const char *module;  // its name; null for the script
    const char *file;
    const char *source;
    size_t length;
    int status;
} loading;

static void keep_module(lua_State *L, const loading *l) {
    if (l->sandbox->modules_ref == LUA_NOREF) {
        lua_newtable(L);
        l->sandbox->modules_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, l->sandbox->modules_ref);
    lua_insert(L, -2);
    lua_setfield(L, -2, l->module);
}

static int load_body(lua_State *L) {
    loading *l = lua_touserdata(L, 1);
    char name[PL_NAME_SIZE + 1];
    snprintf(name, sizeof name, "=%s", l->file);
    l->status = luaL_loadbufferx(L, l->source, l->length, name, "t");
    if (l->status != LUA_OK) return lua_error(L);
    if (l->module != NULL) {
        keep_module(L, l);
    } else {
        luaL_unref(L, LUA_REGISTRYINDEX, l->sandbox->chunk_ref);
        l->sandbox->chunk_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    }
    return 0;
}

// A syntax error reads "file:line: text", with a long file cut; the line is taken from there.
static void split_syntax_message(pl_sandbox *sandbox, const char *file) {
    size_t shown = strlen(file) < LUA_IDSIZE ? strlen(file) : LUA_IDSIZE - 1;
    if (strncmp(sandbox->message, file, shown) != 0 || sandbox->message[shown] != ':') return;
    sandbox->line = atoi(sandbox->message + shown + 1);
    sandbox->traceback_count = 0;
}

static bool is_refused(pl_sandbox *sandbox, const uint8_t *source, size_t length, bool is_module) {
    if (length > sandbox->limits.source) {
        pl_set_message(sandbox,
                       "the source has %zu bytes; at most %zu are allowed (`limits.source`): make several %s of it",
                       length, sandbox->limits.source, is_module ? "modules" : "measures");
        return true;
    }
    if (memchr(source, 0, length) != NULL || (length > 0 && source[0] == 0x1b)) {
        pl_set_message(sandbox, "the source is not text: it holds a zero byte or is a compiled chunk");
        return true;
    }
    int line = pl_line_of_long_chain((const char *)source, length);
    if (line == 0) return false;
    pl_set_message(sandbox, "more than 200 fields in a row in line %d: name a part of them with `local` first", line);
    sandbox->line = line;
    return true;
}

static pl_verdict compile(loading *l) {
    pl_sandbox *sandbox = l->sandbox;
    sandbox->line = 0;
    pl_copy_name(sandbox->file, l->file);
    if (is_refused(sandbox, (const uint8_t *)l->source, l->length, l->module != NULL)) return PL_REFUSED;
    pl_begin_call(sandbox);
    pl_verdict verdict = pl_end_call(sandbox, pl_protected(sandbox, load_body, l));
    if (verdict != PL_ERROR || l->status == LUA_OK) return verdict;
    pl_copy_name(sandbox->file, l->file);
    // The parser raises an ordinary error where blocks and brackets are nested beyond its stack.
    if (l->status == LUA_ERRSYNTAX) split_syntax_message(sandbox, sandbox->file);
    else pl_set_message(sandbox, "blocks, brackets or calls are nested too deeply (%s)", "at most 200 levels");
    return PL_SYNTAX;
}

pl_verdict pl_load(pl_sandbox *sandbox, const char *name, const uint8_t *source, size_t length) {
    pl_copy_name(sandbox->chunk_name, name);
    loading l = {sandbox, NULL, sandbox->chunk_name, (const char *)source, length, LUA_OK};
    return compile(&l);
}

pl_verdict pl_add_module(pl_sandbox *sandbox, const char *name, const char *file, const uint8_t *source,
                         size_t length) {
    loading l = {sandbox, name, file, (const char *)source, length, LUA_OK};
    return compile(&l);
}

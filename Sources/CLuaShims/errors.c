// What is kept of a failure: a bounded message, the script's lines, never an address or a __tostring.
#include "pl_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void pl_set_message(pl_sandbox *sandbox, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sandbox->message, sizeof sandbox->message, format, arguments);
    va_end(arguments);
}

void pl_copy_name(char *to, const char *name) {
    if (*name == '=') name++;
    size_t length = strlen(name) < PL_NAME_SIZE ? strlen(name) : PL_NAME_SIZE - 1;
    memmove(to, name, length);
    to[length] = 0;
}

bool pl_is_of_script(const pl_sandbox *sandbox, const lua_Debug *frame) {
    return frame->source[0] == '=' && strcmp(frame->source + 1, sandbox->chunk_name) == 0;
}

// Frames of host and library functions are not the script's business: only lines of the chunk and of modules count.
// None of this allocates, so it is safe in a hook and in the allocator.
void pl_note_position(lua_State *L, pl_sandbox *sandbox) {
    if (L == NULL) return;
    lua_Debug frame;
    sandbox->traceback_count = 0;
    sandbox->script_line = 0;
    for (int level = 0; level < 250 && lua_getstack(L, level, &frame); level++) {
        lua_getinfo(L, "Sl", &frame);
        if (frame.currentline <= 0) continue;
        if (sandbox->script_line == 0 && pl_is_of_script(sandbox, &frame)) sandbox->script_line = frame.currentline;
        if (sandbox->traceback_count == 0) pl_copy_name(sandbox->file, frame.source);
        if (sandbox->traceback_count == PL_TRACEBACK_LINES) continue;
        sandbox->traceback[sandbox->traceback_count++] = frame.currentline;
    }
    sandbox->line = sandbox->traceback_count > 0 ? sandbox->traceback[0] : sandbox->returned_line;
}

static void note_message(lua_State *L, pl_sandbox *sandbox) {
    switch (lua_type(L, -1)) {
    case LUA_TSTRING: {
        size_t length;
        const char *text = lua_tolstring(L, -1, &length);
        if (length >= sizeof sandbox->message) length = sizeof sandbox->message - 1;
        for (size_t i = 0; i < length; i++) sandbox->message[i] = text[i] == 0 ? ' ' : text[i];
        sandbox->message[length] = 0;
        break;
    }
    case LUA_TNUMBER: pl_set_message(sandbox, "error value %.14g", (double)lua_tonumber(L, -1)); break;
    default: pl_set_message(sandbox, "the script raised an error value of type %s", luaL_typename(L, -1));
    }
}

int pl_message_handler(lua_State *L) {
    pl_sandbox *sandbox = pl_of(L);
    if (sandbox->verdict == PL_OK) {
        pl_note_position(L, sandbox);
        note_message(L, sandbox);
    }
    return 1;
}

static int call_body(lua_State *L) {
    lua_CFunction body = (lua_CFunction)lua_touserdata(L, 1);
    void *argument = lua_touserdata(L, 2);
    lua_settop(L, 0);
    lua_pushlightuserdata(L, argument);
    return body(L);
}

// Neither pushing light C functions and pointers nor lua_pcall itself allocates, so nothing can be raised outside.
pl_verdict pl_protected(pl_sandbox *sandbox, lua_CFunction body, void *argument) {
    lua_State *L = sandbox->L;
    if (sandbox->verdict != PL_OK) return (pl_verdict)sandbox->verdict;
    lua_settop(L, 0);
    lua_pushcfunction(L, pl_message_handler);
    lua_pushcfunction(L, call_body);
    lua_pushlightuserdata(L, (void *)body);
    lua_pushlightuserdata(L, argument);
    int status = lua_pcall(L, 2, 0, 1);
    lua_settop(L, 0);
    if (status == LUA_OK) return sandbox->verdict == PL_OK ? PL_OK : (pl_verdict)sandbox->verdict;
    if (status == LUA_ERRMEM && sandbox->verdict == PL_OK) sandbox->verdict = PL_MEMORY;
    if (sandbox->verdict != PL_OK) return (pl_verdict)sandbox->verdict;
    if (status == LUA_ERRERR) pl_set_message(sandbox, "error while handling an error");
    return PL_ERROR;
}

const char *pl_message(const pl_sandbox *sandbox) { return sandbox->message; }
const char *pl_file(const pl_sandbox *sandbox) { return sandbox->file; }
int pl_line(const pl_sandbox *sandbox) { return sandbox->line; }
int pl_script_line(const pl_sandbox *sandbox) { return sandbox->script_line; }
int pl_definition_line(const pl_sandbox *sandbox) { return sandbox->definition_line; }

const int *pl_traceback(const pl_sandbox *sandbox, int *count) {
    *count = sandbox->traceback_count;
    return sandbox->traceback;
}

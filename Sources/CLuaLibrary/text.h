// A text that grows. It lives in the caller's frame while it is short, then in Lua's memory, where it is counted and
// collected like everything else; luaL_Buffer asks the allocator behind the collector's back.
#ifndef PL_TEXT_H
#define PL_TEXT_H

#include "library.h"

#include <string.h>

typedef struct pl_text {
    lua_State *L;
    char *bytes;
    size_t length, capacity;
    int slot;  // the place on the stack that keeps the memory alive
    char small[1024];
} pl_text;

/// Begins an empty text; takes one place of the stack.
void pl_text_open(lua_State *L, pl_text *text);

void pl_text_grow(pl_text *text, size_t more);

/// Makes room for so many more bytes and says where they go; add them to `length` yourself.
static inline char *pl_text_room(pl_text *text, size_t more) {
    if (more > text->capacity - text->length) pl_text_grow(text, more);
    return text->bytes + text->length;
}

static inline void pl_text_add(pl_text *text, const char *bytes, size_t length) {
    memcpy(pl_text_room(text, length), bytes, length);
    text->length += length;
}

static inline void pl_text_add_byte(pl_text *text, char byte) {
    *pl_text_room(text, 1) = byte;
    text->length++;
}

/// Adds the string or number on top of the stack and pops it.
void pl_text_add_value(pl_text *text);

/// Pushes it as a string.
void pl_text_push(pl_text *text);

#endif

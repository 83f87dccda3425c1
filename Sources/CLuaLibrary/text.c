// Growing and ending texts.
#include "text.h"

void pl_text_open(lua_State *L, pl_text *text) {
    text->L = L;
    text->bytes = text->small;
    text->length = 0;
    text->capacity = sizeof text->small;
    lua_pushnil(L);
    text->slot = lua_gettop(L);
}

// Memory that a script cannot have is its limit, not an error that it may catch.
void pl_text_grow(pl_text *text, size_t more) {
    lua_State *L = text->L;
    const pl_limits *limits = &pl_of(L)->limits;
    if (more > limits->memory || text->length + more > limits->memory)
        pl_stop_for_memory(L, more > SIZE_MAX - text->length ? SIZE_MAX : text->length + more);
    size_t needed = text->length + more, wanted = text->capacity * 2;
    if (wanted < needed || wanted > limits->block / 2) wanted = needed + (text->length > 0 ? needed / 8 : 0);
    pl_spend_bytes(L, text->length);
    char *bytes = lua_newuserdatauv(L, wanted, 0);
    memcpy(bytes, text->bytes, text->length);
    lua_replace(L, text->slot);
    text->bytes = bytes;
    text->capacity = wanted;
}

void pl_text_add_value(pl_text *text) {
    size_t length;
    const char *bytes = lua_tolstring(text->L, -1, &length);
    pl_spend_bytes(text->L, length);
    pl_text_add(text, bytes, length);
    lua_pop(text->L, 1);
}

void pl_text_push(pl_text *text) {
    pl_spend_bytes(text->L, text->length);
    lua_pushlstring(text->L, text->bytes, text->length);
}

// Cells of rows: a block of a column is fetched from the host at a time, so that reading `r.name` in a loop seldom
// leaves C. What is kept belongs to one group and is forgotten when the script turns to another or lets go of it.
#include "pl_internal.h"

#include <stdlib.h>
#include <string.h>

// Lua keeps one copy of each string of at most 40 bytes, so that its address stands for it.
enum { block_rows = 256, slot_count = 128, most_blocks = 112, name_limit = 40, label_limit = 4096 };

typedef struct cell_block {
    const char *key;  // null where nothing is kept
    int name;         // holds the string, so that no other comes to its address
    int labels;       // a table of texts by code, or LUA_NOREF
    uint8_t form;
    int64_t first, count;
    double values[block_rows];
} cell_block;

struct pl_cells {
    uint32_t group;  // 0 for none
    int used_count;
    uint8_t used[slot_count];
    cell_block blocks[slot_count];
};

static void drop(lua_State *L, cell_block *block) {
    luaL_unref(L, LUA_REGISTRYINDEX, block->labels);
    luaL_unref(L, LUA_REGISTRYINDEX, block->name);
    block->labels = block->name = LUA_NOREF;
}

void pl_forget_cells(lua_State *L, uint32_t group) {
    pl_cells *cells = pl_of(L)->cells;
    if (cells == NULL || cells->group == 0 || (group != 0 && cells->group != group)) return;
    for (int i = 0; i < cells->used_count; i++) {
        cell_block *block = &cells->blocks[cells->used[i]];
        drop(L, block);
        block->key = NULL;
    }
    cells->used_count = 0;
    cells->group = 0;
}

static pl_cells *cells_of_group(lua_State *L, uint32_t group) {
    pl_sandbox *sandbox = pl_of(L);
    if (sandbox->cells == NULL) {
        sandbox->cells = calloc(1, sizeof *sandbox->cells);
        if (sandbox->cells == NULL) return NULL;
        for (int i = 0; i < slot_count; i++)
            sandbox->cells->blocks[i].labels = sandbox->cells->blocks[i].name = LUA_NOREF;
    }
    if (sandbox->cells->group != group) pl_forget_cells(L, 0);
    sandbox->cells->group = group;
    return sandbox->cells;
}

static int slot_of(const char *key) {
    uintptr_t address = (uintptr_t)key;
    return (int)((address >> 4 ^ address >> 10 ^ address >> 16) % slot_count);
}

// The block of a name, or an empty one for it: there always is one. Addresses differ from process to process, so no name
// takes another's place because of them: what is fetched, and billed, is the same everywhere.
static cell_block *find(pl_cells *cells, const char *key) {
    int slot = slot_of(key);
    while (cells->blocks[slot].key != NULL && cells->blocks[slot].key != key) slot = (slot + 1) % slot_count;
    return &cells->blocks[slot];
}

// The same for a name that comes; where there are too many, all are forgotten.
static cell_block *claim(lua_State *L, pl_cells *cells, const char *key) {
    cell_block *block = find(cells, key);
    if (block->key == key) return block;
    if (cells->used_count == most_blocks) {
        uint32_t group = cells->group;
        pl_forget_cells(L, group);
        cells->group = group;
        block = find(cells, key);
    }
    cells->used[cells->used_count++] = (uint8_t)(block - cells->blocks);
    return block;
}

// The row at index 1 and the name at index 2 of the stack, as arguments.
static void cell_arguments(pl_value *arguments, const pl_object *row, const char *key, size_t length) {
    arguments[0] = (pl_value){.tag = PL_OBJECT, .kind = row->kind, .id = row->id, .aux = row->aux};
    arguments[1] = (pl_value){.tag = PL_STRING, .bytes = (const uint8_t *)key, .length = length};
}

// Fetches the block that holds the row; null when the host gives none.
static cell_block *fetch(lua_State *L, const pl_object *row, const char *key, size_t length) {
    pl_value arguments[2], reply;
    cell_arguments(arguments, row, key, length);
    arguments[0].aux -= row->aux % block_rows;
    pl_ask_host(L, (uint16_t)(pl_of(L)->cell_function + 1), arguments, 2, &reply);
    if (reply.tag != PL_COLUMN || reply.length > block_rows * sizeof(double)) return NULL;
    lua_pushvalue(L, 2);
    int name = luaL_ref(L, LUA_REGISTRYINDEX);
    pl_cells *cells = cells_of_group(L, row->id);  // only now: all this may have collected, and so forgotten
    if (cells == NULL) return NULL;
    cell_block *block = claim(L, cells, key);
    if (block->key == key) {
        luaL_unref(L, LUA_REGISTRYINDEX, name);
    } else {
        block->key = key;
        block->name = name;
    }
    block->form = reply.kind;
    block->first = arguments[0].aux;
    block->count = (int64_t)(reply.length / sizeof(double));
    if (reply.length > 0) memcpy(block->values, reply.bytes, reply.length);
    return block;
}

// Pushes the text of a code; texts of small codes are kept.
static void push_label(lua_State *L, const pl_object *row, cell_block *block, lua_Integer code) {
    if (code < label_limit && block->labels != LUA_NOREF) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, block->labels);
        if (lua_rawgeti(L, -1, code + 1) == LUA_TSTRING) return;
        lua_pop(L, 2);
    }
    pl_value arguments[3], reply;
    size_t length;
    const char *key = lua_tolstring(L, 2, &length);
    cell_arguments(arguments, row, key, length);
    arguments[2] = (pl_value){.tag = PL_INTEGER, .integer = code};
    pl_ask_host(L, (uint16_t)(pl_of(L)->cell_function + 2), arguments, 3, &reply);
    pl_push_value(L, &reply);
    if (code >= label_limit || lua_type(L, -1) != LUA_TSTRING) return;
    if (block->labels == LUA_NOREF) {
        lua_newtable(L);
        int labels = luaL_ref(L, LUA_REGISTRYINDEX);
        if (block->key != key) {  // making the table has collected, and so forgotten
            luaL_unref(L, LUA_REGISTRYINDEX, labels);
            return;
        }
        block->labels = labels;
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, block->labels);
    lua_pushvalue(L, -2);
    lua_rawseti(L, -2, code + 1);
    lua_pop(L, 1);
}

static void push_cell(lua_State *L, const pl_object *row, cell_block *block) {
    double value = block->values[row->aux - block->first];
    if (value != value) lua_pushnil(L);
    else if (block->form == PL_CODES) push_label(L, row, block, (lua_Integer)value);
    else pl_push_number(L, value, block->form);
}

bool pl_push_kept_cell(lua_State *L, const pl_object *row) {
    pl_cells *cells = pl_of(L)->cells;
    if (cells == NULL || cells->group != row->id) return false;
    const char *key = lua_tolstring(L, 2, NULL);
    cell_block *block = find(cells, key);
    if (block->key != key || (uint64_t)(row->aux - block->first) >= (uint64_t)block->count) return false;
    push_cell(L, row, block);
    return true;
}

bool pl_push_fetched_cell(lua_State *L, const pl_object *row) {
    size_t length;
    const char *key = lua_tolstring(L, 2, &length);
    if (length == 0 || length > name_limit) return false;
    cell_block *block = fetch(L, row, key, length);
    if (block == NULL || (uint64_t)(row->aux - block->first) >= (uint64_t)block->count) return false;
    push_cell(L, row, block);
    return true;
}

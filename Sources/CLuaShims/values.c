// Values on their way across the border, and tables as a byte stream:
//
//   nil, false, true, function   tag
//   integer, number              tag, 8 bytes
//   string                       tag, u32 length, bytes
//   object                       tag, u8 kind, u32 id, i64 aux
//   table                        tag, u32 count, then count times key and value
//
// Keys come integers ascending, then strings by byte, so equal tables have equal bytes. All access is raw.
#include "pl_internal.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

// A key to be sorted: for strings the first eight bytes as a number, so that most comparisons look no further.
typedef struct key {
    uint64_t prefix;
    const char *text;  // null for an integer
    size_t length;
    lua_Integer place;  // where it stands in the unsorted list
} key;

static bool precedes(const key *a, const key *b) {
    if ((a->text == NULL) != (b->text == NULL)) return a->text == NULL;
    if (a->prefix != b->prefix || a->text == NULL) return a->prefix < b->prefix;
    size_t shorter = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->text, b->text, shorter);
    return order != 0 ? order < 0 : a->length < b->length;
}

// Bytes that comparing these two may take, beyond the first eight.
static size_t bytes_to_compare(const key *a, const key *b) {
    if (a->text == NULL || b->text == NULL || a->prefix != b->prefix) return 0;
    return a->length < b->length ? a->length : b->length;
}

static bool read_key(lua_State *L, int index, key *out) {
    if (lua_type(L, index) == LUA_TSTRING) {
        out->text = lua_tolstring(L, index, &out->length);
        out->prefix = 0;
        for (size_t i = 0; i < 8; i++)
            out->prefix = out->prefix << 8 | (i < out->length ? (unsigned char)out->text[i] : 0);
        return true;
    }
    if (!lua_isinteger(L, index)) return false;
    out->text = NULL;
    out->prefix = (uint64_t)lua_tointeger(L, index) ^ (uint64_t)1 << 63;
    return true;
}

enum { keys_between_checks = 4096, bytes_of_a_key = 64, longest_usual = 40 };

// A merge sort; returns which of the two arrays holds the result. C's own sort takes memory that nobody counts and
// cannot be stopped.
static key *sort_keys(lua_State *L, key *keys, key *spare, size_t count) {
    for (size_t width = 1; width < count; width *= 2) {
        size_t unchecked = 0;
        for (size_t left = 0; left < count; left += 2 * width) {
            size_t middle = left + width < count ? left + width : count;
            size_t right = left + 2 * width < count ? left + 2 * width : count;
            size_t i = left, j = middle, out = left;
            while (i < middle && j < right) {
                unchecked += 1 + bytes_to_compare(&keys[j], &keys[i]) / bytes_of_a_key;
                spare[out++] = precedes(&keys[j], &keys[i]) ? keys[j++] : keys[i++];
                if (unchecked < keys_between_checks) continue;
                pl_spend(L, 0);
                unchecked = 0;
            }
            while (i < middle) spare[out++] = keys[i++];
            while (j < right) spare[out++] = keys[j++];
        }
        key *swap = keys;
        keys = spare;
        spare = swap;
    }
    return keys;
}

static lua_Integer count_keys(lua_State *L, int table) {
    lua_Integer count = 0;
    for (lua_pushnil(L); lua_next(L, table) != 0; lua_pop(L, 1))
        if (++count % keys_between_checks == 0) pl_spend(L, 0);
    return count;
}

// Long texts cost what sorting them may take at the most, in whatever order they came.
static void bill_long_texts(lua_State *L, uint64_t bytes, lua_Integer count) {
    uint64_t passes = 0;
    for (lua_Integer width = 1; width < count; width *= 2) passes++;
    pl_spend(L, bytes / bytes_of_a_key * passes);
}

// Reads the keys and makes a list of them; says whether they came in order.
static bool list_keys(lua_State *L, int table, int list, key *keys, bool strict) {
    lua_Integer count = 0;
    uint64_t long_bytes = 0;
    bool sorted = true;
    for (lua_pushnil(L); lua_next(L, table) != 0; lua_pop(L, 1)) {
        key *current = &keys[count];
        if (!read_key(L, -2, current)) {
            if (strict) luaL_error(L, "a table key of type %s cannot leave a script", luaL_typename(L, -2));
            luaL_error(L, "pairs and next need keys that are integers or strings, not %s", luaL_typename(L, -2));
        }
        if (current->text != NULL && current->length > longest_usual) long_bytes += current->length;
        if (count > 0 && precedes(current, current - 1)) sorted = false;
        current->place = ++count;
        lua_pushvalue(L, -2);
        lua_rawseti(L, list, count);
        if (count % keys_between_checks == 0) pl_spend(L, 0);
    }
    bill_long_texts(L, long_bytes, count);
    return sorted;
}

// Leaves a list of the table's keys in the defined order on the stack and returns their number.
uint32_t pl_collect_keys(lua_State *L, int table, bool strict) {
    table = lua_absindex(L, table);
    luaL_checkstack(L, 8, "too many levels");
    lua_Integer count = count_keys(L, table);
    if (count >= INT32_MAX) luaL_error(L, "too many keys");
    pl_spend(L, (uint64_t)count);
    lua_createtable(L, (int)count, 0);
    int list = lua_gettop(L);
    key few[16];
    key *keys = count <= 8 ? few : lua_newuserdatauv(L, 2 * (size_t)count * sizeof(key), 0);
    if (!list_keys(L, table, list, keys, strict)) {
        keys = sort_keys(L, keys, keys + count, (size_t)count);
        lua_createtable(L, (int)count, 0);
        for (lua_Integer i = 0; i < count; i++) {
            if (i % keys_between_checks == 0) pl_spend(L, 0);
            lua_rawgeti(L, list, keys[i].place);
            lua_rawseti(L, -2, i + 1);
        }
        lua_replace(L, list);
    }
    lua_settop(L, list);
    return (uint32_t)count;
}

static void put(lua_State *L, pl_sandbox *sandbox, pl_buffer *out, const void *bytes, size_t length) {
    if (pl_buffer_append(out, bytes, length)) return;
    if (out == &sandbox->arguments && out->limit == PL_ARGUMENT_BYTES) pl_refuse_arguments(L);
    if (out != &sandbox->result) pl_stop(L, PL_MEMORY);
    pl_set_message(sandbox, "the result is larger than %zu bytes", out->limit);
    pl_stop(L, PL_OUTPUT);
}

static void put_u32(lua_State *L, pl_sandbox *sandbox, pl_buffer *out, uint32_t value) {
    put(L, sandbox, out, &value, sizeof value);
}

// Of arguments of host functions and of definitions. A script may catch the error, so what it comes to must not depend
// on the measure's limits.
enum { argument_keys = 10000, argument_depth = 16 };

static void write_table(lua_State *L, pl_sandbox *sandbox, pl_buffer *out, int index, uint32_t depth);

static void write_value(lua_State *L, pl_sandbox *sandbox, pl_buffer *out, int index, uint32_t depth) {
    index = lua_absindex(L, index);
    uint8_t tag = PL_NIL;
    switch (lua_type(L, index)) {
    case LUA_TNIL: put(L, sandbox, out, &tag, 1); return;
    case LUA_TBOOLEAN:
        tag = lua_toboolean(L, index) ? PL_TRUE : PL_FALSE;
        put(L, sandbox, out, &tag, 1);
        return;
    case LUA_TNUMBER:
        tag = lua_isinteger(L, index) ? PL_INTEGER : PL_NUMBER;
        put(L, sandbox, out, &tag, 1);
        if (tag == PL_INTEGER) {
            int64_t integer = lua_tointeger(L, index);
            put(L, sandbox, out, &integer, sizeof integer);
        } else {
            double number = lua_tonumber(L, index);
            put(L, sandbox, out, &number, sizeof number);
        }
        return;
    case LUA_TSTRING: {
        size_t length;
        const char *text = lua_tolstring(L, index, &length);
        tag = PL_STRING;
        put(L, sandbox, out, &tag, 1);
        if (length > out->limit) length = out->limit;  // refused just below
        put_u32(L, sandbox, out, (uint32_t)length);
        put(L, sandbox, out, text, length);
        return;
    }
    case LUA_TFUNCTION:
        tag = PL_FUNCTION;
        put(L, sandbox, out, &tag, 1);
        return;
    case LUA_TTABLE: write_table(L, sandbox, out, index, depth + 1); return;
    default: {
        const pl_object *object = pl_to_object(L, index);
        if (object == NULL) luaL_error(L, "a value of type %s cannot leave a script", luaL_typename(L, index));
        tag = PL_OBJECT;
        put(L, sandbox, out, &tag, 1);
        put(L, sandbox, out, &object->kind, 1);
        put_u32(L, sandbox, out, object->id);
        put(L, sandbox, out, &object->aux, sizeof object->aux);
    }
    }
}

static void write_table(lua_State *L, pl_sandbox *sandbox, pl_buffer *out, int index, uint32_t depth) {
    bool is_result = out == &sandbox->result && !sandbox->exporting;
    uint32_t most_levels = is_result ? sandbox->limits.result_depth : argument_depth;
    uint32_t most_keys = is_result ? sandbox->limits.result_keys : argument_keys;
    if (depth > most_levels)
        luaL_error(L, "a table is nested deeper than %d levels%s (does it contain itself?)", (int)most_levels,
                   is_result ? ", the most that `limits.result_depth` allows" : "");
    uint32_t count = pl_collect_keys(L, index, true);
    int keys = lua_gettop(L);
    sandbox->result_keys += count;
    if (sandbox->result_keys > most_keys)
        luaL_error(L, "tables hold more than %d keys%s", (int)most_keys,
                   is_result ? ", the most that `limits.result_keys` allows" : "");
    uint8_t tag = PL_TABLE;
    put(L, sandbox, out, &tag, 1);
    put_u32(L, sandbox, out, count);
    for (uint32_t i = 1; i <= count; i++) {
        lua_rawgeti(L, keys, i);
        write_value(L, sandbox, out, -1, depth);
        lua_rawget(L, index);
        write_value(L, sandbox, out, -1, depth);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

void pl_write_value(lua_State *L, pl_sandbox *sandbox, pl_buffer *out, int index) {
    luaL_checkstack(L, 8, "too many levels");
    sandbox->result_keys = 0;
    write_value(L, sandbox, out, index, 0);
}

// Reads one argument of a host function. A table's `bytes` is an offset into sandbox->arguments until all are read.
void pl_read_argument(lua_State *L, pl_sandbox *sandbox, int index, pl_value *out) {
    *out = (pl_value){.tag = PL_NIL};
    switch (lua_type(L, index)) {
    case LUA_TNIL: return;
    case LUA_TBOOLEAN: out->tag = lua_toboolean(L, index) ? PL_TRUE : PL_FALSE; return;
    case LUA_TNUMBER:
        out->tag = lua_isinteger(L, index) ? PL_INTEGER : PL_NUMBER;
        out->integer = lua_isinteger(L, index) ? lua_tointeger(L, index) : 0;
        out->number = lua_tonumber(L, index);
        return;
    case LUA_TSTRING:
        out->tag = PL_STRING;
        out->bytes = (const uint8_t *)lua_tolstring(L, index, &out->length);
        return;
    case LUA_TTABLE: {
        size_t start = sandbox->arguments.length;
        pl_write_value(L, sandbox, &sandbox->arguments, index);
        out->tag = PL_TABLE;
        out->bytes = (const uint8_t *)start;
        out->length = sandbox->arguments.length - start;
        return;
    }
    case LUA_TFUNCTION: out->tag = PL_FUNCTION; return;
    default: {
        const pl_object *object = pl_to_object(L, index);
        if (object == NULL) luaL_error(L, "a value of type %s is no argument", luaL_typename(L, index));
        *out = (pl_value){.tag = PL_OBJECT, .kind = object->kind, .id = object->id, .aux = object->aux};
    }
    }
}

typedef struct reader {
    const uint8_t *bytes;
    size_t length, at;
} reader;

static void take(lua_State *L, reader *in, void *out, size_t length) {
    if (length > in->length - in->at) luaL_error(L, "a value from the host is cut short");
    memcpy(out, in->bytes + in->at, length);
    in->at += length;
}

static uint32_t take_u32(lua_State *L, reader *in) {
    uint32_t value;
    take(L, in, &value, sizeof value);
    return value;
}

static void push_from(lua_State *L, reader *in, int depth) {
    luaL_checkstack(L, 6, "too many levels");
    if (depth > 64) luaL_error(L, "a value from the host is nested too deep");
    uint8_t tag, kind;
    int64_t integer;
    double number;
    take(L, in, &tag, 1);
    switch (tag) {
    case PL_FALSE: lua_pushboolean(L, 0); return;
    case PL_TRUE: lua_pushboolean(L, 1); return;
    case PL_INTEGER: take(L, in, &integer, sizeof integer); lua_pushinteger(L, integer); return;
    case PL_NUMBER: take(L, in, &number, sizeof number); lua_pushnumber(L, number); return;
    case PL_STRING: {
        uint32_t length = take_u32(L, in);
        if (length > in->length - in->at) luaL_error(L, "a value from the host is cut short");
        lua_pushlstring(L, (const char *)in->bytes + in->at, length);
        in->at += length;
        return;
    }
    case PL_OBJECT: {
        take(L, in, &kind, 1);
        uint32_t id = take_u32(L, in);
        take(L, in, &integer, sizeof integer);
        pl_push_object(L, kind, id, integer);
        return;
    }
    case PL_TABLE: {
        uint32_t count = take_u32(L, in);
        lua_createtable(L, count < 65536 ? (int)count : 65536, 0);
        for (uint32_t i = 0; i < count; i++) {
            push_from(L, in, depth + 1);
            push_from(L, in, depth + 1);
            lua_rawset(L, -3);
        }
        return;
    }
    default: lua_pushnil(L);
    }
}

// Whole numbers are integers in scripts.
void pl_push_number(lua_State *L, double number, uint8_t form) {
    if (form == PL_TRUTHS) {
        lua_pushboolean(L, number == 1);
    } else if (number >= -9223372036854775808.0 && number < 9223372036854775808.0 &&
               (double)(lua_Integer)number == number) {
        lua_pushinteger(L, (lua_Integer)number);
    } else {
        lua_pushnumber(L, number);
    }
}

// The values of a column that are there, as a list.
static void push_list(lua_State *L, const pl_value *column) {
    size_t count = column->length / sizeof(double);
    lua_Integer filled = 0;
    lua_createtable(L, count < INT_MAX ? (int)count : INT_MAX, 0);
    for (size_t i = 0; i < count; i++) {
        double number;
        memcpy(&number, column->bytes + i * sizeof number, sizeof number);
        if (number != number) continue;
        pl_push_number(L, number, column->kind);
        lua_rawseti(L, -2, ++filled);
    }
}

void pl_push_value(lua_State *L, const pl_value *value) {
    switch (value->tag) {
    case PL_COLUMN: push_list(L, value); return;
    case PL_FALSE: lua_pushboolean(L, 0); return;
    case PL_TRUE: lua_pushboolean(L, 1); return;
    case PL_INTEGER: lua_pushinteger(L, value->integer); return;
    case PL_NUMBER: lua_pushnumber(L, value->number); return;
    case PL_STRING: lua_pushlstring(L, (const char *)value->bytes, value->length); return;
    case PL_OBJECT: pl_push_object(L, value->kind, value->id, value->aux); return;
    case PL_TABLE: {
        reader in = {.bytes = value->bytes, .length = value->length};
        push_from(L, &in, 0);
        return;
    }
    default: lua_pushnil(L);
    }
}

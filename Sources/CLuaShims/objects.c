// Host objects (groups, columns, estimates, ...) as userdata, and the functions that scripts call on them.
#include "pl_internal.h"

#include <stdlib.h>
#include <string.h>

void pl_push_object(lua_State *L, uint8_t kind, uint32_t id, int64_t aux) {
    pl_sandbox *sandbox = pl_of(L);
    if (kind == 0 || kind >= PL_MAX_KINDS || sandbox->kind_refs[kind] == LUA_NOREF)
        luaL_error(L, "the host made an object of no known kind");
    pl_object *object = lua_newuserdatauv(L, sizeof *object, 1);
    *object = (pl_object){.kind = kind, .id = id, .aux = aux};
    lua_rawgeti(L, LUA_REGISTRYINDEX, sandbox->kind_refs[kind]);
    lua_setmetatable(L, -2);
}

// Only the host makes userdata, so every full userdata with one of our metatables is an object.
const pl_object *pl_to_object(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TUSERDATA || lua_rawlen(L, index) != sizeof(pl_object)) return NULL;
    return lua_touserdata(L, index);
}

static int release_object(lua_State *L) {
    const pl_object *object = lua_touserdata(L, 1);
    pl_sandbox *sandbox = pl_of(L);
    pl_forget_cells(L, object->id);
    sandbox->host.release(sandbox->host.context, object->kind, object->id);
    return 0;
}

static void raise_host_error(lua_State *L, pl_sandbox *sandbox) {
    luaL_where(L, 1);
    lua_pushlstring(L, (const char *)sandbox->kept.bytes, sandbox->kept.length);
    lua_concat(L, 2);
    lua_error(L);
}

// Asks the host; collects garbage once when it lacks memory. Arguments stand at 1...count of the stack.
void pl_ask_host(lua_State *L, uint16_t function, const pl_value *arguments, int count, pl_value *reply) {
    pl_sandbox *sandbox = pl_of(L);
    for (int attempt = 0; attempt < 2; attempt++) {
        *reply = (pl_value){.tag = PL_NIL};
        sandbox->kept.length = 0;
        pl_reply_status status = sandbox->host.call(sandbox->host.context, function, arguments, count, reply);
        pl_spend(L, 0);  // a host that gave up because the script's time is over says so by an error
        if (status == PL_REPLY_ERROR) raise_host_error(L, sandbox);
        if (status == PL_REPLY) return;
        if (attempt == 0) lua_gc(L, LUA_GCCOLLECT);
    }
    pl_stop(L, PL_MEMORY);
}

// Tables on their way to the host stand outside Lua's memory: they may be as large as what is left of it.
// One call takes a bounded number of bytes, because the host reads them without looking at the clock.
static void clear_arguments(pl_sandbox *sandbox) {
    pl_buffer *buffer = &sandbox->arguments;
    if (buffer->capacity > 1 << 20) pl_buffer_free(buffer);
    size_t held = sandbox->used + sandbox->native;
    size_t left = sandbox->limits.memory > held ? sandbox->limits.memory - held : 0;
    buffer->limit = left < PL_ARGUMENT_BYTES ? left : PL_ARGUMENT_BYTES;
    buffer->length = 0;
    buffer->failed = false;
}

void pl_refuse_arguments(lua_State *L) {
    luaL_error(L, "one call takes at most %d bytes of text", PL_ARGUMENT_BYTES);
    abort();  // never reached: luaL_error does not return
}

enum { bytes_per_unit = 64 };  // that the host reads in the time of one Lua instruction

static void read_arguments(lua_State *L, pl_sandbox *sandbox, pl_value *arguments, int count) {
    clear_arguments(sandbox);
    size_t bytes = 0;
    for (int i = 0; i < count; i++) {
        pl_read_argument(L, sandbox, i + 1, &arguments[i]);
        bytes += arguments[i].length;
        if (bytes > PL_ARGUMENT_BYTES) pl_refuse_arguments(L);
    }
    pl_spend(L, bytes / bytes_per_unit);
    for (int i = 0; i < count; i++)
        if (arguments[i].tag == PL_TABLE) arguments[i].bytes = sandbox->arguments.bytes + (size_t)arguments[i].bytes;
}

static void call_with_stack(lua_State *L, uint16_t function, pl_value *reply) {
    pl_value arguments[PL_MAX_ARGUMENTS];
    int count = lua_gettop(L);
    if (count > PL_MAX_ARGUMENTS) luaL_error(L, "at most %d arguments", PL_MAX_ARGUMENTS);
    read_arguments(L, pl_of(L), arguments, count);
    pl_ask_host(L, function, arguments, count, reply);
}

static int plain_function(lua_State *L) {
    pl_value reply;
    call_with_stack(L, (uint16_t)lua_tointeger(L, lua_upvalueindex(1)), &reply);
    pl_push_value(L, &reply);
    return 1;
}

static lua_Integer count_of(lua_State *L, const pl_value *reply) {
    if (reply->tag != PL_INTEGER || reply->integer < 0 || reply->integer > INT32_MAX)
        luaL_error(L, "the host gave no number of rows");
    return reply->integer;
}

typedef struct row_iterator {
    lua_Integer count, given;
    uint32_t group;
    uint8_t kind;
} row_iterator;

// upvalues: the iterator's state, the group
static int next_row(lua_State *L) {
    row_iterator *rows = lua_touserdata(L, lua_upvalueindex(1));
    if (rows->given >= rows->count) return 0;
    pl_push_object(L, rows->kind, rows->group, rows->given++);
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_setiuservalue(L, -2, 1);  // a row keeps its group alive
    return 1;
}

static int rows_function(lua_State *L) {
    pl_value reply;
    call_with_stack(L, (uint16_t)lua_tointeger(L, lua_upvalueindex(1)), &reply);
    const pl_object *group = pl_to_object(L, 1);
    if (group == NULL) return luaL_error(L, "rows are asked of a group");
    row_iterator *rows = lua_newuserdatauv(L, sizeof *rows, 0);
    *rows = (row_iterator){.count = count_of(L, &reply), .group = group->id,
                           .kind = (uint8_t)lua_tointeger(L, lua_upvalueindex(2))};
    lua_pushvalue(L, 1);
    lua_pushcclosure(L, next_row, 2);
    return 1;
}

// upvalues: the list, elements given out
static int next_pair(lua_State *L) {
    lua_Integer given = lua_tointeger(L, lua_upvalueindex(2));
    lua_pushinteger(L, given + 2);
    lua_replace(L, lua_upvalueindex(2));
    if (lua_rawgeti(L, lua_upvalueindex(1), given + 1) == LUA_TNIL) return 0;
    lua_rawgeti(L, lua_upvalueindex(1), given + 2);
    return 2;
}

static int each_function(lua_State *L) {
    pl_value reply;
    call_with_stack(L, (uint16_t)lua_tointeger(L, lua_upvalueindex(1)), &reply);
    pl_push_value(L, &reply);
    if (!lua_istable(L, -1)) return luaL_error(L, "the host gave no list");
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_pair, 2);
    return 1;
}

// One result of a mapped function: 9 bytes, a tag and a number (missing, a truth or a number).
static void put_mapped(lua_State *L, uint8_t *out, lua_Integer row) {
    double number = 0;
    switch (lua_type(L, -1)) {
    case LUA_TNIL: out[0] = PL_NIL; break;
    case LUA_TBOOLEAN: out[0] = lua_toboolean(L, -1) ? PL_TRUE : PL_FALSE; break;
    case LUA_TNUMBER:
        out[0] = PL_NUMBER;
        number = lua_tonumber(L, -1);
        break;
    default:
        luaL_error(L, "map: the function must give a number, a boolean or nil, not %s (row %d)",
                   luaL_typename(L, -1), (int)row + 1);
    }
    memcpy(out + 1, &number, sizeof number);
}

// column:map(f). The loop is here, not in the host, so that an error in f never crosses a frame of the host.
static int map_function(lua_State *L) {
    uint16_t function = (uint16_t)lua_tointeger(L, lua_upvalueindex(1));
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    const pl_object *column = pl_to_object(L, 1);
    if (column == NULL) return luaL_error(L, "map is a verb of columns: write column:map(f)");
    pl_value reply, arguments[2] = {
        {.tag = PL_OBJECT, .kind = column->kind, .id = column->id, .aux = column->aux}, {.tag = PL_INTEGER}};
    pl_ask_host(L, function, arguments, 1, &reply);
    lua_Integer count = count_of(L, &reply);
    uint8_t *mapped = lua_newuserdatauv(L, (size_t)count * 9 + 1, 0);
    for (lua_Integer row = 0; row < count; row++) {
        arguments[1].integer = row;
        pl_ask_host(L, (uint16_t)(function + 1), arguments, 2, &reply);
        if (reply.tag == PL_NIL) {  // missing stays missing
            mapped[row * 9] = PL_TABLE;
            continue;
        }
        lua_pushvalue(L, 2);
        pl_push_value(L, &reply);
        lua_call(L, 1, 1);
        put_mapped(L, mapped + row * 9, row);
        lua_pop(L, 1);
    }
    arguments[1] = (pl_value){.tag = PL_STRING, .bytes = mapped, .length = (size_t)count * 9};
    pl_ask_host(L, (uint16_t)(function + 2), arguments, 2, &reply);
    pl_push_value(L, &reply);
    return 1;
}

enum { longest_name = 1024 };

// No column has a longer name: what a script makes up is not worth looking for.
static void check_name(lua_State *L) {
    size_t length;
    lua_tolstring(L, 2, &length);
    if (length > longest_name)
        luaL_error(L, "a name of %d bytes is looked for; names have at most %d", (int)length, longest_name);
}

// __index of a kind: its verbs first, then the host (columns by name, fields).
static int index_object(lua_State *L) {
    lua_settop(L, 2);
    if (lua_type(L, 2) == LUA_TSTRING) {
        check_name(L);
        lua_pushvalue(L, 2);
        if (lua_rawget(L, lua_upvalueindex(2)) != LUA_TNIL) return 1;
        lua_pop(L, 1);
    }
    return plain_function(L);
}

// __index of rows: a cell that is at hand, else as for other kinds. No verb's name is ever among the cells.
static int index_row(lua_State *L) {
    const pl_object *row = lua_touserdata(L, 1);  // only rows have this metamethod
    if (lua_type(L, 2) != LUA_TSTRING) return index_object(L);
    if (pl_push_kept_cell(L, row)) return 1;
    check_name(L);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(2)) != LUA_TNIL) return 1;
    lua_settop(L, 2);
    return pl_push_fetched_cell(L, row) ? 1 : plain_function(L);
}

static void push_binding(lua_State *L, const pl_binding *binding) {
    lua_pushinteger(L, binding->function);
    switch (binding->form) {
    case PL_ROWS:
        lua_pushinteger(L, binding->element);
        lua_pushcclosure(L, rows_function, 2);
        break;
    case PL_EACH: lua_pushcclosure(L, each_function, 1); break;
    case PL_MAP: lua_pushcclosure(L, map_function, 1); break;
    default: lua_pushcclosure(L, plain_function, 1);
    }
}

static int deny_assignment(lua_State *L) {
    return luaL_error(L, "this %s cannot be changed", lua_tostring(L, lua_upvalueindex(1)));
}

static void new_kind(lua_State *L, pl_sandbox *sandbox, uint8_t kind, const char *name) {
    lua_newtable(L);
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushcfunction(L, release_object);
    lua_setfield(L, -2, "__gc");
    lua_pushstring(L, name);
    lua_pushcclosure(L, deny_assignment, 1);
    lua_setfield(L, -2, "__newindex");
    lua_newtable(L);  // verbs
    lua_setfield(L, -2, "__index");
    sandbox->kind_refs[kind] = luaL_ref(L, LUA_REGISTRYINDEX);
}

static void bind_method(lua_State *L, const pl_binding *binding) {
    if (strncmp(binding->name, "__", 2) != 0) {
        lua_getfield(L, -1, "__index");
        push_binding(L, binding);
        lua_setfield(L, -2, binding->name);
        lua_pop(L, 1);
    } else if (strcmp(binding->name, "__index") != 0) {
        push_binding(L, binding);
        lua_setfield(L, -2, binding->name);
    }
}

// Bound last: from now on the verbs are reached through the function.
static void bind_fallback(lua_State *L, const pl_binding *binding) {
    if (binding->form == PL_CELLS) pl_of(L)->cell_function = binding->function;
    lua_pushinteger(L, binding->function);
    lua_getfield(L, -2, "__index");
    lua_pushcclosure(L, binding->form == PL_CELLS ? index_row : index_object, 2);
    lua_setfield(L, -2, "__index");
}

// A row has no number of its own that the host could let go of.
static void leave_unreleased(lua_State *L, const pl_sandbox *sandbox, uint8_t kind) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, sandbox->kind_refs[kind]);
    lua_pushnil(L);
    lua_setfield(L, -2, "__gc");
    lua_pop(L, 1);
}

// Globals go into the table on top of the stack.
void pl_install_bindings(lua_State *L, pl_sandbox *sandbox, const pl_binding *bindings, int count,
                         const char *const *names, int kinds) {
    if (kinds >= PL_MAX_KINDS) luaL_error(L, "too many kinds of objects");
    for (int kind = 1; kind <= kinds; kind++) new_kind(L, sandbox, (uint8_t)kind, names[kind - 1]);
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < count; i++) {
            const pl_binding *binding = &bindings[i];
            bool fallback = strcmp(binding->name, "__index") == 0;
            if (fallback != (pass == 1)) continue;
            if (binding->kind == 0) {
                push_binding(L, binding);
                lua_setfield(L, -2, binding->name);
                continue;
            }
            lua_rawgeti(L, LUA_REGISTRYINDEX, sandbox->kind_refs[binding->kind]);
            if (fallback) bind_fallback(L, binding);
            else bind_method(L, binding);
            lua_pop(L, 1);
        }
    }
    for (int i = 0; i < count; i++)
        if (bindings[i].form == PL_ROWS) leave_unreleased(L, sandbox, bindings[i].element);
}

void pl_set_error(pl_sandbox *sandbox, const uint8_t *text, size_t length) {
    pl_keep(sandbox, text, length);
}

const uint8_t *pl_keep(pl_sandbox *sandbox, const uint8_t *bytes, size_t length) {
    sandbox->kept.length = 0;
    sandbox->kept.failed = false;
    return pl_buffer_append(&sandbox->kept, bytes, length) ? sandbox->kept.bytes : NULL;
}

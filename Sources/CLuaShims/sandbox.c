// The life of a sandbox: open, load, and for each group instantiate and call.
#include "pl_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct opening {
    pl_sandbox *sandbox;
    pl_library library;
    const pl_binding *bindings;
    int binding_count;
    const char *const *names;
    int kind_count;
} opening;

static int note_definition(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    pl_sandbox *sandbox = pl_of(L);
    lua_Debug frame;
    // A module may make the definition; the line is that of the script, where it asks for it.
    for (int level = 1; level < 250 && lua_getstack(L, level, &frame); level++) {
        lua_getinfo(L, "Sl", &frame);
        bool is_own = pl_is_of_script(sandbox, &frame);
        if (level == 1 || is_own) sandbox->definition_line = frame.currentline;
        if (is_own) break;
    }
    lua_settop(L, 1);
    return 1;
}

static int open_body(lua_State *L) {
    opening *o = lua_touserdata(L, 1);
    // Lua makes this text where an error meets an error, outside any protection. It is there already, so that no
    // memory is asked for then.
    lua_pushliteral(L, "error in error handling");
    luaL_ref(L, LUA_REGISTRYINDEX);
    if (o->sandbox->limits.fuel != 0) pl_make_gauge(L);
    o->library(L);  // leaves the base table
    pl_install_bindings(L, o->sandbox, o->bindings, o->binding_count, o->names, o->kind_count);
    lua_pushcfunction(L, note_definition);
    lua_setfield(L, -2, "measure");
    o->sandbox->base_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

static int panic(lua_State *L) {
    (void)L;
    return 0;  // reached only by a bug of ours; Lua then aborts
}

pl_sandbox *pl_open(const pl_limits *limits, const pl_host *host, pl_library library, const pl_binding *bindings,
                    int binding_count, const char *const *object_names, int kind_count) {
    pl_sandbox *sandbox = calloc(1, sizeof *sandbox);
    if (sandbox == NULL) return NULL;
    sandbox->limits = *limits;
    sandbox->host = *host;
    sandbox->chunk_ref = sandbox->definition_ref = sandbox->base_ref = LUA_NOREF;
    sandbox->modules_ref = sandbox->loaded_ref = LUA_NOREF;
    for (int i = 0; i < PL_MAX_KINDS; i++) sandbox->kind_refs[i] = LUA_NOREF;
    sandbox->result.limit = limits->result;
    sandbox->log.limit = limits->log_bytes;
    sandbox->kept.limit = sandbox->arguments.limit = limits->memory;
    sandbox->L = lua_newstate(pl_allocate, sandbox);
    if (sandbox->L == NULL) {
        pl_free_slabs(sandbox);
        free(sandbox);
        return NULL;
    }
    *(pl_sandbox **)lua_getextraspace(sandbox->L) = sandbox;
    lua_atpanic(sandbox->L, panic);
    pl_clock_open(sandbox);
    opening o = {sandbox, library, bindings, binding_count, object_names, kind_count};
    if (pl_protected(sandbox, open_body, &o) != PL_OK) {
        pl_close(sandbox);
        return NULL;
    }
    return sandbox;
}

size_t pl_close(pl_sandbox *sandbox) {
    lua_close(sandbox->L);
    sandbox->L = NULL;
    pl_clock_close(sandbox);
    pl_free_slabs(sandbox);
    free(sandbox->cells);
    size_t left = sandbox->used;
    pl_buffer_free(&sandbox->result);
    pl_buffer_free(&sandbox->log);
    pl_buffer_free(&sandbox->kept);
    pl_buffer_free(&sandbox->arguments);
    free(sandbox);
    return left;
}

static void seed_random(lua_State *L, uint64_t seed) {
    if (lua_getfield(L, LUA_REGISTRYINDEX, "plumbline.randomseed") == LUA_TFUNCTION) {
        lua_pushinteger(L, (lua_Integer)seed);
        lua_pushinteger(L, 0);
        lua_call(L, 2, 0);
    } else {
        lua_pop(L, 1);
    }
}

static int instantiate_body(lua_State *L) {
    pl_sandbox *sandbox = lua_touserdata(L, 1);
    lua_settop(L, 0);
    pl_forget_cells(L, 0);
    seed_random(L, sandbox->seed);
    if (sandbox->modules_ref != LUA_NOREF) {
        luaL_unref(L, LUA_REGISTRYINDEX, sandbox->loaded_ref);
        lua_newtable(L);
        sandbox->loaded_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, sandbox->chunk_ref);
    // A measure keeps nothing: a new environment for each group, made by the library's own function.
    lua_getfield(L, LUA_REGISTRYINDEX, "plumbline.environment");
    lua_rawgeti(L, LUA_REGISTRYINDEX, sandbox->base_ref);
    lua_call(L, 1, 1);
    lua_setupvalue(L, -2, 1);
    lua_call(L, 0, 1);
    if (lua_type(L, -1) != LUA_TTABLE || sandbox->definition_line == 0)
        return luaL_error(L, "a measure file must end with `return measure { ... }`");
    luaL_unref(L, LUA_REGISTRYINDEX, sandbox->definition_ref);
    sandbox->definition_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

pl_verdict pl_instantiate(pl_sandbox *sandbox, uint64_t seed) {
    sandbox->seed = seed;
    sandbox->definition_line = 0;
    pl_begin_call(sandbox);
    return pl_end_call(sandbox, pl_protected(sandbox, instantiate_body, sandbox));
}

enum { definition_bytes = 1 << 20 };  // whatever a result may have

static int export_body(lua_State *L) {
    pl_sandbox *sandbox = lua_touserdata(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, sandbox->definition_ref);
    pl_write_value(L, sandbox, &sandbox->result, -1);
    return 0;
}

pl_verdict pl_export_definition(pl_sandbox *sandbox) {
    sandbox->exporting = true;
    sandbox->result.limit = definition_bytes;
    pl_begin_call(sandbox);
    pl_verdict verdict = pl_end_call(sandbox, pl_protected(sandbox, export_body, sandbox));
    sandbox->result.limit = sandbox->limits.result;
    sandbox->exporting = false;
    return verdict == PL_ERROR ? PL_INVALID : verdict;
}

typedef struct calling {
    pl_sandbox *sandbox;
    const char *field;
    const pl_value *arguments;
    int count;
    uint8_t row_kind;
    int64_t rows, chunk;
    bool returned;
} calling;

static void push_field(lua_State *L, const calling *c, const char *field) {
    if (lua_rawgeti(L, LUA_REGISTRYINDEX, c->sandbox->definition_ref) != LUA_TTABLE)
        luaL_error(L, "there is no definition yet");
    lua_pushstring(L, field);
    lua_rawget(L, -2);
    lua_remove(L, -2);
    if (lua_type(L, -1) != LUA_TFUNCTION) luaL_error(L, "`%s` is not a function", field);
}

// Where a function begins.
typedef struct beginning {
    int line;
    char file[PL_NAME_SIZE];
} beginning;

static void note_beginning(lua_State *L, int index, beginning *place) {
    lua_Debug function;
    lua_pushvalue(L, index);
    lua_getinfo(L, ">S", &function);
    place->line = function.linedefined > 0 ? function.linedefined : 0;
    pl_copy_name(place->file, function.source);
}

// Copies what the function that begins at `place` has returned; a failure names that line.
static void write_result(lua_State *L, calling *c, const beginning *place) {
    c->returned = true;
    c->sandbox->returned_line = place->line;
    memcpy(c->sandbox->file, place->file, sizeof place->file);
    pl_write_value(L, c->sandbox, &c->sandbox->result, -1);
}

static int call_field_body(lua_State *L) {
    calling *c = lua_touserdata(L, 1);
    push_field(L, c, c->field);
    beginning place;
    note_beginning(L, -1, &place);
    for (int i = 0; i < c->count; i++) pl_push_value(L, &c->arguments[i]);
    lua_call(L, c->count, 1);
    write_result(L, c, &place);
    return 0;
}

static pl_verdict run(pl_sandbox *sandbox, lua_CFunction body, calling *c) {
    pl_begin_call(sandbox);
    pl_verdict verdict = pl_end_call(sandbox, pl_protected(sandbox, body, c));
    return verdict == PL_ERROR && c->returned ? PL_INVALID : verdict;
}

pl_verdict pl_call(pl_sandbox *sandbox, const char *field, const pl_value *arguments, int count) {
    calling c = {.sandbox = sandbox, .field = field, .arguments = arguments, .count = count};
    return run(sandbox, call_field_body, &c);
}

enum { fold_group = 1, fold_params, fold_init, fold_step, fold_merge, fold_finish, fold_total };

static void init_state(lua_State *L) {
    lua_pushvalue(L, fold_init);
    lua_pushvalue(L, fold_params);
    lua_call(L, 1, 1);
}

// A function that returns nothing has changed the state in place.
static void keep_result(lua_State *L, int state) {
    if (lua_isnil(L, -1)) lua_pop(L, 1);
    else lua_replace(L, state);
}

// One chunk's state is left on the stack.
static void fold_chunk(lua_State *L, const calling *c, uint32_t group, int64_t from, int64_t to) {
    init_state(L);
    int state = lua_gettop(L);
    for (int64_t row = from; row < to; row++) {
        lua_pushvalue(L, fold_step);
        lua_pushvalue(L, state);
        pl_push_object(L, c->row_kind, group, row);
        lua_pushvalue(L, fold_group);
        lua_setiuservalue(L, -2, 1);
        lua_pushvalue(L, fold_params);
        lua_call(L, 3, 1);
        keep_result(L, state);
    }
}

static int fold_body(lua_State *L) {
    calling *c = lua_touserdata(L, 1);
    lua_settop(L, 0);
    pl_push_value(L, &c->arguments[0]);
    pl_push_value(L, &c->arguments[1]);
    push_field(L, c, "init");
    push_field(L, c, "step");
    push_field(L, c, "merge");
    push_field(L, c, "finish");
    fold_chunk(L, c, c->arguments[0].id, 0, c->rows < c->chunk ? c->rows : c->chunk);
    for (int64_t from = c->chunk; from < c->rows; from += c->chunk) {
        int64_t to = from + c->chunk < c->rows ? from + c->chunk : c->rows;
        lua_pushvalue(L, fold_merge);
        lua_pushvalue(L, fold_total);
        fold_chunk(L, c, c->arguments[0].id, from, to);
        lua_call(L, 2, 1);
        keep_result(L, fold_total);
    }
    lua_pushvalue(L, fold_finish);
    lua_pushvalue(L, fold_total);
    lua_pushvalue(L, fold_params);
    lua_call(L, 2, 1);
    beginning place;
    note_beginning(L, fold_finish, &place);
    write_result(L, c, &place);
    return 0;
}

pl_verdict pl_fold(pl_sandbox *sandbox, const pl_value *arguments, uint8_t row_kind, int64_t rows, int64_t chunk) {
    calling c = {.sandbox = sandbox, .arguments = arguments, .count = 2, .row_kind = row_kind, .rows = rows,
                 .chunk = chunk};
    return run(sandbox, fold_body, &c);
}

const uint8_t *pl_result(const pl_sandbox *sandbox, size_t *length) {
    *length = sandbox->result.length;
    return sandbox->result.bytes;
}

const uint8_t *pl_log(const pl_sandbox *sandbox, size_t *length, bool *truncated) {
    *length = sandbox->log.length;
    *truncated = sandbox->log_truncated;
    return sandbox->log.bytes;
}

void pl_log_clear(pl_sandbox *sandbox) {
    sandbox->log.length = 0;
    sandbox->log.failed = false;
    sandbox->log_lines = 0;
    sandbox->log_truncated = false;
}

int pl_lua_version(void) { return LUA_VERSION_NUM; }

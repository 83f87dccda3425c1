// What the C rooms share among themselves; Swift never sees it. Everything here may raise a Lua error.
#ifndef PL_INTERNAL_H
#define PL_INTERNAL_H

#include "CLuaShims.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <signal.h>
#include <time.h>

#define PL_MESSAGE_SIZE 2048
#define PL_TRACEBACK_LINES 20
#define PL_MAX_ARGUMENTS 16
#define PL_ARGUMENT_BYTES (1 << 20)
#define PL_MAX_KINDS 16
#define PL_NAME_SIZE 256
#define PL_MAX_REQUIRING 32

/// A growing buffer outside Lua's memory: never raises, remembers failure.
typedef struct pl_buffer {
    uint8_t *bytes;
    size_t length, capacity, limit;
    bool failed;
} pl_buffer;

bool pl_buffer_append(pl_buffer *buffer, const void *bytes, size_t length);
void pl_buffer_free(pl_buffer *buffer);

typedef struct pl_cells pl_cells;

enum { pl_small_classes = 16 };  // of 16 bytes each, see allocator.c

struct pl_sandbox {
    lua_State *L;
    pl_limits limits;
    pl_host host;

    // Memory: bytes Lua holds, bytes the host holds for scripts, the most of both together.
    size_t used, native, peak;
    bool enforcing;          // caps apply: Lua code is running
    int second_chances;      // refusals that an emergency collection may still cure
    bool refusal_pending;    // the last growth was refused and not yet retried
    pl_refusal refusal;      // what the memory limit was met with
    size_t tuned_below, tuned_above;  // the collector's pause suits usage between these two
    void *free_blocks[pl_small_classes];
    void *slabs;
    uint8_t *slab_at, *slab_end;
    uint8_t *newborn;        // Lua's state itself, until its seed is fixed
    size_t newborn_size;

    // Time and fuel.
    double cpu_spent;
    uint64_t fuel_spent;     // without what is used of the stretch that is armed
    int armed, unused;       // instructions from one hook to the next; how many were left when the call ended
    bool gauging;
    int gauge_ref;
    struct timespec call_began;
    bool clock_running;
#ifdef __linux__
    timer_t timer;
    bool has_timer;
    volatile sig_atomic_t timer_armed;
#endif

    volatile sig_atomic_t verdict;  // sticky
    volatile sig_atomic_t expired;  // the CPU budget is spent: the next hook or bill of work stops the script
    bool in_call;
    uint8_t farewell[PL_FAREWELL_SIZE];  // what the process says when a script that goes on ends it
    size_t farewell_length;
    int farewell_descriptor;
    double farewell_seconds, farewell_from;  // what the script had used when the words were chosen, in all and here

    char chunk_name[PL_NAME_SIZE];
    char message[PL_MESSAGE_SIZE];
    char file[PL_NAME_SIZE];  // that `line` is in
    int line, script_line, definition_line;
    int returned_line;  // where the function begins whose result is being written; 0 before it has returned
    int traceback[PL_TRACEBACK_LINES];
    int traceback_count;

    pl_buffer result, log, kept, arguments;
    uint32_t log_lines, result_keys;
    bool log_truncated;
    bool exporting;  // the definition is being written, not a result

    int chunk_ref, definition_ref, base_ref;
    int modules_ref, loaded_ref;  // chunks of modules by name; what they returned to this instance of the script
    const char *requiring[PL_MAX_REQUIRING];  // the modules that are being run, each required by the one before it
    int requiring_count;                      // whoever catches an error sets it back
    int kind_refs[PL_MAX_KINDS];
    void *iteration;  // what the library's order of keys remembers, in Lua's memory
    pl_cells *cells;  // null until a script reads rows
    uint16_t cell_function;
    uint64_t seed;
};

typedef struct pl_object {
    uint8_t kind;
    uint32_t id;
    int64_t aux;
} pl_object;

static inline pl_sandbox *pl_of(lua_State *L) { return *(pl_sandbox **)lua_getextraspace(L); }

// limits.c
_Noreturn void pl_stop(lua_State *L, pl_verdict verdict);  // sets the sticky verdict and raises
_Noreturn void pl_stop_for_memory(lua_State *L, size_t size);  // the same for a block of so many bytes
void pl_stop_soon(pl_sandbox *sandbox);                    // the same at the script's next instruction
int pl_rethrow_if_stopped(lua_State *L, int status);       // after a protected call made for a script
void pl_spend_slowly(lua_State *L, uint64_t units);

/// Bills work before it is done, in units of about one Lua instruction; raises when it is too much. Loops that may
/// run for more than a millisecond come by here again and again, because this is also where a spent CPU budget is
/// noticed.
static inline void pl_spend(lua_State *L, uint64_t units) {
    const pl_sandbox *sandbox = pl_of(L);
    if (sandbox->verdict != PL_OK || sandbox->expired || sandbox->limits.fuel != 0) pl_spend_slowly(L, units);
}

void pl_begin_call(pl_sandbox *sandbox);
pl_verdict pl_end_call(pl_sandbox *sandbox, pl_verdict verdict);  // the verdict, unless a limit says otherwise
void pl_make_gauge(lua_State *L);  // once, where fuel is counted
void pl_clock_open(pl_sandbox *sandbox);
void pl_clock_close(pl_sandbox *sandbox);

// source.c: the line where more fields than are allowed follow one another, or 0
int pl_line_of_long_chain(const char *source, size_t length);

// allocator.c
void pl_note_refusal(pl_sandbox *sandbox, size_t size);
void *pl_allocate(void *context, void *block, size_t old_size, size_t new_size);
void pl_free_slabs(pl_sandbox *sandbox);

// seed.c: for the block that Lua asked for first, when it asks for the second
void pl_fix_seed(const pl_sandbox *sandbox, uint8_t *state, size_t size);

// errors.c
int pl_message_handler(lua_State *L);
void pl_note_position(lua_State *L, pl_sandbox *sandbox);
bool pl_is_of_script(const pl_sandbox *sandbox, const lua_Debug *frame);  // not a module's, nor C
void pl_copy_name(char *to, const char *name);  // cut to PL_NAME_SIZE, without Lua's `=` before it
void pl_set_message(pl_sandbox *sandbox, const char *format, ...) __attribute__((format(printf, 2, 3)));
pl_verdict pl_protected(pl_sandbox *sandbox, lua_CFunction body, void *argument);

// values.c
void pl_write_value(lua_State *L, pl_sandbox *sandbox, pl_buffer *out, int index);
void pl_push_value(lua_State *L, const pl_value *value);
void pl_push_number(lua_State *L, double number, uint8_t form);  // a number or a truth of a column
void pl_read_argument(lua_State *L, pl_sandbox *sandbox, int index, pl_value *out);
uint32_t pl_collect_keys(lua_State *L, int table, bool strict);

// objects.c
void pl_install_bindings(lua_State *L, pl_sandbox *sandbox, const pl_binding *bindings, int count,
                         const char *const *names, int kinds);
void pl_push_object(lua_State *L, uint8_t kind, uint32_t id, int64_t aux);
const pl_object *pl_to_object(lua_State *L, int index);
_Noreturn void pl_refuse_arguments(lua_State *L);  // they hold more than PL_ARGUMENT_BYTES
void pl_ask_host(lua_State *L, uint16_t function, const pl_value *arguments, int count, pl_value *reply);

// cells.c
// The cell of a row under the name at index 2 of the stack; false when it has to be got in another way.
bool pl_push_kept_cell(lua_State *L, const pl_object *row);
bool pl_push_fetched_cell(lua_State *L, const pl_object *row);
void pl_forget_cells(lua_State *L, uint32_t group);  // of this group; 0 for any

#endif

// The protected entry points into Lua: the only way Swift reaches it.
//
// A Lua error is a longjmp, and it must never cross a Swift frame. So every function here that runs or touches
// Lua does its work inside lua_pcall and returns a verdict; host functions written in Swift return a status, and C
// raises only after Swift has returned. Nothing in this header can raise.
#ifndef CLUASHIMS_H
#define CLUASHIMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pl_sandbox pl_sandbox;

/// How a run ended. Everything from PL_CPU to PL_MEMORY is sticky: once said, the sandbox never runs Lua again.
typedef enum pl_verdict {
    PL_OK = 0,
    PL_SYNTAX = 1,   // the source does not compile
    PL_ERROR = 2,    // the script raised an error
    PL_INVALID = 3,  // the script returned something that cannot leave the sandbox
    PL_REFUSED = 4,  // the source is not text, too long, or its definition is not a measure
    PL_OUTPUT = 5,   // the result is larger than the limit
    PL_CPU = 6,
    PL_FUEL = 7,
    PL_MEMORY = 8,
} pl_verdict;

/// What a value is, inside and outside the byte stream of tables.
typedef enum pl_tag {
    PL_NIL = 0,
    PL_FALSE = 1,
    PL_TRUE = 2,
    PL_INTEGER = 3,
    PL_NUMBER = 4,
    PL_STRING = 5,
    PL_OBJECT = 6,    // a host object: kind, id, aux
    PL_TABLE = 7,     // a byte stream, see values.c
    PL_FUNCTION = 8,  // present, never callable from outside
    PL_COLUMN = 9,    // doubles side by side, from the host only; `kind` says what they are
} pl_tag;

/// What the doubles of a column are; NaN is missing in each.
typedef enum pl_column_form {
    PL_NUMBERS = 0,
    PL_TRUTHS = 1,
    PL_CODES = 2,  // numbers of texts
} pl_column_form;

/// One value on its way across the border. `bytes` is borrowed: valid only during the call that passes it.
typedef struct pl_value {
    uint8_t tag;
    uint8_t kind;
    uint32_t id;
    int64_t aux;
    int64_t integer;
    double number;
    const uint8_t *bytes;
    size_t length;
} pl_value;

typedef struct pl_limits {
    size_t memory;        // bytes in all, Lua's and the host's columns together
    size_t block;         // bytes of one Lua allocation
    double cpu_seconds;   // CPU time of the evaluating thread; 0 = none
    uint64_t fuel;        // instructions; 0 = uncounted (no hook, full speed)
    size_t source;        // bytes of one source text
    size_t result;        // bytes of one result
    uint32_t result_keys; // keys in one result
    uint32_t result_depth;
    size_t log_bytes;
    uint32_t log_lines;
} pl_limits;

/// What the memory limit was met with: one block of so many bytes was asked for while so many were held. 0 = unknown.
typedef struct pl_refusal {
    size_t size, held;
    bool is_block;  // the block alone is larger than a block may be
} pl_refusal;

/// What a host function says when it returns.
typedef enum pl_reply_status {
    PL_REPLY = 0,             // the reply holds the value
    PL_REPLY_ERROR = 1,       // raise the message that was set
    PL_REPLY_NEEDS_MEMORY = 2 // collect garbage and ask again; a second refusal is the memory limit
} pl_reply_status;

/// The host's side. Pure functions of the context: called on the sandbox's own thread, never re-entered.
typedef struct pl_host {
    void *context;
    pl_reply_status (*call)(void *context, uint16_t function, const pl_value *arguments, int count, pl_value *reply);
    void (*release)(void *context, uint8_t kind, uint32_t id);
} pl_host;

typedef enum pl_binding_form {
    PL_PLAIN = 0,  // one host call
    PL_ROWS = 1,   // the host call gives a count; the result iterates over row objects of kind `element`
    PL_EACH = 2,   // the host gives a list; the result iterates over its elements two by two
    PL_MAP = 3,    // three host functions from `function` on: count, element, result
    PL_CELLS = 4,  // of a row's "__index": three from `function` on: one cell, a block of a column, a text by its code
} pl_binding_form;

/// A name that scripts can reach: a global (kind 0), a method, or a metamethod ("__index" is the fallback).
typedef struct pl_binding {
    uint8_t kind;
    uint8_t form;
    uint8_t element;
    uint16_t function;
    const char *name;
} pl_binding;

/// Opens the libraries and makes the table that environments inherit from; leaves it on the stack. May raise.
typedef int (*pl_library)(void *lua_state);

/// A new sandbox, or null when there is no memory. `object_names[k - 1]` names the objects of kind k in messages.
pl_sandbox *pl_open(const pl_limits *limits, const pl_host *host, pl_library library,
                    const pl_binding *bindings, int binding_count, const char *const *object_names, int kind_count);

/// Closes it; returns the bytes still in use afterwards, which is 0 unless our accounting is wrong.
size_t pl_close(pl_sandbox *sandbox);

/// Compiles a text chunk and keeps it. `name` is what messages call it.
pl_verdict pl_load(pl_sandbox *sandbox, const char *name, const uint8_t *source, size_t length);

/// Compiles a module, which the script and other modules get by `require(name)`, run anew for each instance of the script.
/// `file` is what messages call it.
pl_verdict pl_add_module(pl_sandbox *sandbox, const char *name, const char *file, const uint8_t *source, size_t length);

/// Runs the chunk in a new environment and keeps the definition it returns; the previous one is forgotten.
pl_verdict pl_instantiate(pl_sandbox *sandbox, uint64_t seed);

/// Writes the definition into the result as a stream.
pl_verdict pl_export_definition(pl_sandbox *sandbox);

/// Calls the definition's function `field`; its one result is in pl_result.
pl_verdict pl_call(pl_sandbox *sandbox, const char *field, const pl_value *arguments, int count);

/// Runs init, step, merge and finish in chunks over the first `rows` rows of the group in arguments[0]; arguments[1]
/// are the params.
pl_verdict pl_fold(pl_sandbox *sandbox, const pl_value *arguments, uint8_t row_kind, int64_t rows, int64_t chunk);

/// The stream written last. Valid until the next call.
const uint8_t *pl_result(const pl_sandbox *sandbox, size_t *length);

/// The last failure: a bounded text, the file ("" = unknown) and the line in it (0 = unknown), the innermost line of the
/// script itself (0 = none), and all lines of the traceback, those in modules among them.
const char *pl_message(const pl_sandbox *sandbox);
const char *pl_file(const pl_sandbox *sandbox);
int pl_line(const pl_sandbox *sandbox);
int pl_script_line(const pl_sandbox *sandbox);
const int *pl_traceback(const pl_sandbox *sandbox, int *count);

/// The line of the call of `measure`, 0 before it.
int pl_definition_line(const pl_sandbox *sandbox);

/// What was printed since the sandbox was opened; `truncated` when a cap was reached.
const uint8_t *pl_log(const pl_sandbox *sandbox, size_t *length, bool *truncated);
void pl_log_clear(pl_sandbox *sandbox);

/// Bytes of memory used at the most, CPU seconds spent in calls, fuel spent (0 when uncounted).
size_t pl_memory_peak(const pl_sandbox *sandbox);
pl_refusal pl_memory_refusal(const pl_sandbox *sandbox);
double pl_cpu_spent(const pl_sandbox *sandbox);
uint64_t pl_fuel_spent(const pl_sandbox *sandbox);

// For host functions, while they are being called.

/// Sets the message of PL_REPLY_ERROR.
void pl_set_error(pl_sandbox *sandbox, const uint8_t *text, size_t length);

/// Copies bytes that a reply's `bytes` then points to.
const uint8_t *pl_keep(pl_sandbox *sandbox, const uint8_t *bytes, size_t length);

/// Whether `bytes` more of host memory fit under the cap now.
bool pl_fits(const pl_sandbox *sandbox, size_t bytes);

/// Host memory that script objects hold: billed when made, given back when released.
void pl_bill_memory(pl_sandbox *sandbox, int64_t bytes);

/// Work done for the script in native code, in units of about one Lua instruction.
void pl_bill_work(pl_sandbox *sandbox, uint64_t units);

/// Whether a running script is out of time or fuel, so that a host function does well to return.
bool pl_is_over(const pl_sandbox *sandbox);

/// Stops and restarts the CPU clock around work that is not the script's own (gathering a shared column).
void pl_pause_clock(pl_sandbox *sandbox);
void pl_resume_clock(pl_sandbox *sandbox);

/// What is written to `descriptor` before such a script ends the process: its line in the last four bytes, in the eight before
/// the seconds it has used, which are `used` so far. At most so many bytes, and nothing where it is longer, for half a
/// message is none.
#define PL_FAREWELL_SIZE 1024
void pl_set_farewell(pl_sandbox *sandbox, int descriptor, const uint8_t *bytes, size_t length, double used);

/// The exit status of a process whose script went on after its CPU limit had been raised.
#define PL_EXIT_CPU 86

/// The version of the linked Lua, for instance 504.
int pl_lua_version(void);

#endif

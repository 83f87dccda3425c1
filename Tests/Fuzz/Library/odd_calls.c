// The shim's entry points in odd orders, with odd values and a host that answers anything it may.
//
//   odd_calls rounds seed
//
// Prints a number that stands for all that came out: the same for the same seed, whatever the process. Exits with 1 when
// something came out that must not.
#include "CLuaLibrary.h"
#include "CLuaShims.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state, digest = 14695981039346656037u;
static pl_sandbox *sandbox;
static int64_t held;  // memory billed for the host and not given back

// SplitMix64 (Steele, Lea and Flood 2014).
static uint64_t draw(void) {
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static size_t below(size_t bound) { return (size_t)(draw() % bound); }

static void note(const void *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) digest = (digest ^ ((const uint8_t *)bytes)[i]) * 1099511628211u;
}

static void fail(const char *what) {
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static const double numbers[] = {0, -0.0, 1, -1, 255, 256, 9007199254740993.0, 1e308, -1e308, 5e-324};

static double odd_number(void) {
    size_t choice = below(13);
    if (choice < 10) return numbers[choice];
    return choice == 10 ? 0.0 / (double)(below(1) - 0) : choice == 11 ? 1e308 * 10 : (double)below(1000);
}

static int64_t odd_integer(void) {
    static const int64_t some[] = {0, 1, -1, 255, 256, 257, 65536, INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN};
    return some[below(11)];
}

static uint8_t stream[4096];

// A table as a stream; well-formed, or cut and changed.
static size_t odd_stream(void) {
    size_t at = 0;
    uint32_t count = (uint32_t)below(4);
    stream[at++] = PL_TABLE;
    memcpy(stream + at, &count, 4);
    at += 4;
    for (uint32_t i = 0; i < 2 * count; i++) {
        uint32_t length = (uint32_t)below(5);
        stream[at++] = PL_STRING;
        memcpy(stream + at, &length, 4);
        at += 4;
        for (uint32_t j = 0; j < length; j++) stream[at++] = (uint8_t)draw();
    }
    if (below(4) == 0) stream[below(at)] = (uint8_t)draw();
    return below(6) == 0 ? below(at + 1) : at;
}

static pl_value odd_value(void) {
    static const uint8_t tags[] = {PL_NIL, PL_FALSE, PL_TRUE, PL_INTEGER, PL_NUMBER, PL_STRING, PL_OBJECT, PL_TABLE,
                                   PL_COLUMN, PL_FUNCTION, 77};
    static const double column[] = {1, 2.5, 0.0 / 1.0, -0.0, 1e300};
    pl_value value = {.tag = tags[below(sizeof tags)], .integer = odd_integer(), .number = odd_number()};
    if (value.tag == PL_STRING) value.bytes = (const uint8_t *)"a\0b\xff\x1b", value.length = below(6);
    if (value.tag == PL_TABLE) value.length = odd_stream(), value.bytes = stream;
    if (value.tag == PL_COLUMN) value.bytes = (const uint8_t *)column, value.length = below(6) * sizeof(double);
    if (value.tag == PL_OBJECT) value.kind = (uint8_t)below(6), value.id = (uint32_t)below(9), value.aux = odd_integer();
    else value.kind = (uint8_t)below(4);
    return value;
}

static void odd_bills(void) {
    int64_t more = (int64_t)below(1 << 16);
    if (below(2) == 0 && pl_fits(sandbox, (size_t)more)) {
        pl_bill_memory(sandbox, more);
        held += more;
    } else {
        pl_bill_memory(sandbox, -held);
        held = 0;
    }
    pl_bill_work(sandbox, below(1000));
    if (below(8) == 0) {
        pl_pause_clock(sandbox);
        if (below(2) == 0) pl_pause_clock(sandbox);
        pl_resume_clock(sandbox);
        if (below(2) == 0) pl_resume_clock(sandbox);
    }
}

static pl_reply_status answer(void *context, uint16_t function, const pl_value *arguments, int count, pl_value *reply) {
    (void)context;
    note(&function, sizeof function);
    for (int i = 0; i < count; i++) {
        note(&arguments[i].tag, 1);
        if (arguments[i].tag == PL_STRING || arguments[i].tag == PL_TABLE) note(arguments[i].bytes, arguments[i].length);
    }
    odd_bills();
    switch (below(12)) {
    case 0: pl_set_error(sandbox, (const uint8_t *)"no \xff%s\n", below(8)); return PL_REPLY_ERROR;
    case 1: return PL_REPLY_NEEDS_MEMORY;
    default: break;
    }
    *reply = odd_value();
    // Counts of rows are what the host says of its own data: small, never negative.
    if (reply->tag == PL_INTEGER || below(3) == 0) *reply = (pl_value){.tag = PL_INTEGER, .integer = (int64_t)below(600)};
    if (reply->tag == PL_STRING || reply->tag == PL_TABLE || reply->tag == PL_COLUMN)
        reply->bytes = pl_keep(sandbox, reply->bytes, reply->length);
    return reply->length > 0 && reply->bytes == NULL ? PL_REPLY_NEEDS_MEMORY : PL_REPLY;
}

static void release(void *context, uint8_t kind, uint32_t id) {
    (void)context;
    note(&kind, 1);
    note(&id, sizeof id);
}

static const pl_binding bindings[] = {
    {0, PL_PLAIN, 0, 0, "ask"},    {1, PL_PLAIN, 0, 1, "verb"},   {1, PL_ROWS, 2, 2, "rows"}, {1, PL_EACH, 0, 3, "each"},
    {1, PL_MAP, 0, 4, "map"},      {1, PL_PLAIN, 0, 7, "__index"}, {2, PL_CELLS, 0, 8, "__index"}, {2, PL_PLAIN, 0, 11, "why"},
    {3, PL_PLAIN, 0, 12, "__add"}, {3, PL_PLAIN, 0, 13, "__lt"},  {3, PL_PLAIN, 0, 14, "__len"},
};
static const char *const names[] = {"group", "row", "estimate"};

// `f` is an iterator that is kept and called by hand.
static const char *const statements[] = {
    "kept[#kept + 1] = ask(%s)", "pcall(ask, %s, %s)", "local o = ask(%s) pcall(function() return o.verb(%s) end)",
    "pcall(function() for r in a:rows() do local x = r.name, r[%s] r:why(%s) end end)",
    "pcall(function() for k, v in a:each(%s) do kept[k] = v end end)", "pcall(function() return a:map(function(v) return %s end) end)",
    "pcall(function() return a + %s, a < %s, #a end)", "for i = 1, 300 do pcall(function() return a[%s] end) end",
    "local t = {} for i = 1, 2000 do t[i] = ask and {} end", "print(%s)", "pcall(string.rep, %s, %s)", "error(%s)", "kept = nil",
    "pcall(table.sort, kept, function() return %s end)", "while true do end", "local s = 'x' while true do s = s .. s end",
    "setmetatable(kept, { __index = function() return %s end })", "for k, v in pairs(kept) do kept[k] = nil end",
    "pcall(function() local r for x in a:rows() do r = x end a = nil for i = 1, 50 do local n = r.name, r.other end end)",
    "f = pairs(%s)", "f = ipairs(%s)", "f = next", "f = utf8.codes(%s)", "f = string.gmatch(%s, %s)", "f = a:rows()", "f = a:each(%s)",
    "pcall(f, %s, %s)", "for i = 1, 20 do pcall(f, kept, %s) end", "pcall(f, pairs(%s))", "local f, t, k = pairs(%s) pcall(f, %s, k) pcall(f, t, %s)",
    "pcall(next, %s, %s)", "for k in f, %s, %s do kept[k] = nil end",
};
static const char *const values[] = {"1", "-1", "0.5", "'name'", "('x'):rep(50)", "{}", "{1,2,{a=1}}", "a", "b", "kept", "print",
                                     "nil", "true", "1e308", "math.mininteger", "'\\0\\255'", "0/0"};

static void append(char *text, size_t *at, size_t size, const char *piece) {
    size_t length = strlen(piece);
    if (*at + length + 1 > size) return;
    memcpy(text + *at, piece, length + 1);
    *at += length;
}

static size_t odd_source(char *text, size_t size) {
    size_t at = 0;
    static const char *const functions[] = {"value", "init", "step", "merge", "finish"};
    append(text, &at, size, "kept = {} return measure { ");
    for (int f = 0; f < 5; f++) {
        append(text, &at, size, functions[f]);
        append(text, &at, size, " = function(a, b) ");
        for (size_t n = below(4); n > 0; n--) {
            append(text, &at, size, "do ");
            for (const char *c = statements[below(sizeof statements / sizeof *statements)]; *c != 0; c++) {
                char one[2] = {*c, 0};
                bool hole = *c == '%' && c[1] == 's';
                append(text, &at, size, hole ? values[below(sizeof values / sizeof *values)] : one);
                if (hole) c++;
            }
            append(text, &at, size, " end ");
        }
        append(text, &at, size, "return ");
        append(text, &at, size, values[below(sizeof values / sizeof *values)]);
        append(text, &at, size, " end, ");
    }
    append(text, &at, size, "}");
    if (below(20) == 0) text[below(at)] = (char)draw();
    return below(30) == 0 ? below(at) : at;
}

// Walks a result; it must be one whole value.
static size_t walk(const uint8_t *bytes, size_t length, size_t at) {
    uint32_t count;
    if (at >= length) fail("a result is cut short");
    switch (bytes[at++]) {
    case PL_NIL: case PL_FALSE: case PL_TRUE: case PL_FUNCTION: return at;
    case PL_INTEGER: case PL_NUMBER: at += 8; break;
    case PL_OBJECT: at += 13; break;
    case PL_STRING: memcpy(&count, bytes + at, 4); at += 4 + count; break;
    case PL_TABLE:
        memcpy(&count, bytes + at, 4);
        at += 4;
        for (uint32_t i = 0; i < 2 * count; i++) at = walk(bytes, length, at);
        break;
    default: fail("a result holds an unknown tag");
    }
    if (at > length) fail("a result is cut short");
    return at;
}

static void look(pl_verdict verdict) {
    if ((int)verdict < PL_OK || verdict > PL_MEMORY) fail("a verdict that does not exist");
    size_t length;
    bool truncated;
    int lines;
    const uint8_t *result = pl_result(sandbox, &length);
    if (verdict == PL_OK && length > 0 && walk(result, length, 0) != length) fail("a result is too long");
    if (verdict == PL_OK) note(result, length);
    const char *message = pl_message(sandbox);
    if (strlen(message) >= 2048) fail("a message without end");
    note(message, strlen(message));
    note(pl_log(sandbox, &length, &truncated), 0);
    pl_traceback(sandbox, &lines);
    int line = pl_line(sandbox);
    uint64_t fuel = pl_fuel_spent(sandbox);
    note(&verdict, sizeof verdict), note(&line, sizeof line), note(&lines, sizeof lines), note(&fuel, sizeof fuel);
    if (verdict == PL_ERROR && strstr(message, "0x") != NULL) fail(message);
}

static pl_verdict odd_call(void) {
    static char source[1 << 14];
    pl_value arguments[4] = {{.tag = PL_OBJECT, .kind = 1, .id = (uint32_t)below(9)}};
    for (int i = below(3) == 0 ? 0 : 1; i < 4; i++) arguments[i] = odd_value();
    static const char *const fields[] = {"value", "init", "nothing", "", "__index"};
    switch (below(8)) {
    case 0: return pl_load(sandbox, below(4) == 0 ? "" : "file.lua", (const uint8_t *)source, odd_source(source, sizeof source));
    case 1: return pl_instantiate(sandbox, draw());
    case 2: return pl_export_definition(sandbox);
    case 3: pl_log_clear(sandbox); return pl_export_definition(sandbox);
    case 4: return pl_fold(sandbox, arguments, 2, (int64_t)below(9), 1 + (int64_t)below(3));
    default: return pl_call(sandbox, fields[below(4) == 0 ? below(5) : 0], arguments, (int)below(5));
    }
}

static void round_of_calls(void) {
    pl_limits limits = {
        .memory = 30000 + below(1 << 20), .block = 1 << 18, .fuel = 20000 + below(100000), .source = 1 << 14,
        .result = 1 + below(4096), .result_keys = (uint32_t)below(100), .result_depth = (uint32_t)below(8),
        .log_bytes = below(500), .log_lines = (uint32_t)below(20),
    };
    pl_host host = {NULL, answer, release};
    held = 0;
    sandbox = pl_open(&limits, &host, pl_library_open, bindings, sizeof bindings / sizeof *bindings, names, 3);
    if (sandbox == NULL) fail("no sandbox");
    static char source[1 << 14];
    if (below(10) != 0) {
        look(pl_load(sandbox, "file.lua", (const uint8_t *)source, odd_source(source, sizeof source)));
        look(pl_instantiate(sandbox, 1));
    }
    for (size_t calls = below(12); calls > 0; calls--) look(odd_call());
    if (pl_close(sandbox) != 0) fail("memory is not accounted for");
}

int main(int count, char **words) {
    if (count != 3) return fprintf(stderr, "usage: odd_calls rounds seed\n"), 98;
    long rounds = atol(words[1]);
    for (long round = 0; round < rounds; round++) {
        state = strtoull(words[2], NULL, 10) * 0x9e3779b97f4a7c15u + (uint64_t)round;
        uint64_t before = state;
        round_of_calls();
        if (getenv("ODD_CALLS_TRACE") != NULL) fprintf(stderr, "round %ld seed %llu\n", round, (unsigned long long)before);
    }
    printf("%016llx\n", (unsigned long long)digest);
    return 0;
}

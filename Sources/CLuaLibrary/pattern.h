// Patterns: read once into items, then matched.
#ifndef PL_PATTERN_H
#define PL_PATTERN_H

#include "library.h"

#include <string.h>

enum { pl_max_captures = 32, pl_max_depth = 200 };

typedef enum pl_item_kind {
    PL_ANY, PL_BYTE, PL_CLASS, PL_SET,  // one byte of the text, perhaps repeated
    PL_OPEN, PL_PLACE, PL_CLOSE,        // captures: "(", "()", ")"
    PL_BACK,                            // %1: what was captured
    PL_BALANCE,                         // %bxy
    PL_FRONTIER,                        // %f[set]
    PL_AT_END,                          // "$" at the end
    PL_DONE,
    PL_BROKEN,                          // a mistake, told when the match comes here and not before
} pl_item_kind;

/// Bytes in brackets, or a class: listed ones, those of the classes `in`, those outside one of the classes `out`.
typedef struct pl_set {
    uint64_t listed[4];
    uint16_t in, out;
    bool negated;
} pl_set;

typedef struct pl_item {
    uint8_t kind;
    char repeat;  // 0 or one of * + - ?
    uint8_t first, second;  // PL_BYTE: the byte; PL_BALANCE: the pair; PL_BACK: the capture from 0
    uint16_t classes;       // PL_CLASS
    bool negated;           // PL_CLASS
    union {
        const pl_set *set;      // PL_SET, PL_FRONTIER
        const char *complaint;  // PL_BROKEN
    };
} pl_item;

/// Room for a pattern's items and sets: enough for a short pattern, or in Lua's memory.
typedef struct pl_pattern {
    const pl_item *items;
    pl_item short_items[24];
    pl_set short_sets[4];
} pl_pattern;

/// Reads a pattern; one that is long takes a place on the stack, which must stay while the pattern is used.
void pl_read_pattern(lua_State *L, pl_pattern *pattern, const char *source, size_t length);

extern const uint16_t pl_byte_classes[256];

static inline bool pl_in_set(const pl_set *set, unsigned char byte) {
    uint16_t classes = pl_byte_classes[byte];
    bool listed = set->listed[byte >> 6] >> (byte & 63) & 1;
    bool found = listed | ((classes & set->in) != 0) | ((~classes & set->out) != 0);
    return found != set->negated;
}

typedef struct pl_capture {
    const char *start;
    ptrdiff_t length;  // or one of these two
} pl_capture;
enum { pl_unfinished = -1, pl_just_place = -2 };

typedef struct pl_matcher {
    lua_State *L;
    const char *text, *end;
    uint64_t steps, billed;
    int depth, level;
    pl_capture captures[pl_max_captures];
} pl_matcher;

static inline void pl_begin_match(pl_matcher *matcher, lua_State *L, const char *text, size_t length) {
    matcher->L = L;
    matcher->text = text;
    matcher->end = text + length;
    matcher->steps = matcher->billed = 0;
    matcher->depth = matcher->level = 0;
}

/// The end of a match of the items at `from`, or null.
const char *pl_match_at(pl_matcher *matcher, const char *from, const pl_item *items);

/// The first match at `*from` or behind; sets `*from` to where it begins.
const char *pl_match_from(pl_matcher *matcher, const char **from, const pl_item *items);

/// Bills the steps that were made since the last bill.
void pl_bill_steps(pl_matcher *matcher);

/// Pushes one capture (from 0; the whole match where the pattern has none), or all of them.
void pl_push_capture(pl_matcher *matcher, int index, const char *from, const char *to);
int pl_push_captures(pl_matcher *matcher, const char *from, const char *to);

#endif

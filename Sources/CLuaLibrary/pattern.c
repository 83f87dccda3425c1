// Reading patterns. A mistake in a pattern is an error only when a match gets as far, as the manual's own functions
// have it; so it becomes an item.
#include "pattern.h"

enum {
    letter = 1, control = 2, digit = 4, lower = 8, punctuation = 16, space = 32, upper = 64, hexadecimal = 128,
    zero = 256,
    alphanumeric = letter | digit,
    printed = letter | digit | punctuation,
};

// The classes of the C locale, whatever the locale is.
const uint16_t pl_byte_classes[256] = {
    [0] = control | zero,
    [1 ... 8] = control,
    [9 ... 13] = control | space,
    [14 ... 31] = control,
    [' '] = space,
    ['!' ... '/'] = punctuation,
    ['0' ... '9'] = digit | hexadecimal,
    [':' ... '@'] = punctuation,
    ['A' ... 'F'] = letter | upper | hexadecimal,
    ['G' ... 'Z'] = letter | upper,
    ['[' ... '`'] = punctuation,
    ['a' ... 'f'] = letter | lower | hexadecimal,
    ['g' ... 'z'] = letter | lower,
    ['{' ... '~'] = punctuation,
    [127] = control,
};

// The classes that a letter behind % names; 0 where it stands for itself.
static uint16_t class_of(char letter_of_class) {
    switch (letter_of_class | 0x20) {
    case 'a': return letter;
    case 'c': return control;
    case 'd': return digit;
    case 'g': return printed;
    case 'l': return lower;
    case 'p': return punctuation;
    case 's': return space;
    case 'u': return upper;
    case 'w': return alphanumeric;
    case 'x': return hexadecimal;
    case 'z': return zero;
    default: return 0;
    }
}

static bool is_letter(char byte) { return (pl_byte_classes[(unsigned char)byte] & letter) != 0; }

typedef struct reader {
    const char *at, *end;
    pl_item *item;
    pl_set *set;
} reader;

static void list(pl_set *set, unsigned char byte) { set->listed[byte >> 6] |= (uint64_t)1 << (byte & 63); }

static void list_range(pl_set *set, unsigned char first, unsigned char last) {
    for (int word = first >> 6; word <= last >> 6; word++) {
        uint64_t bytes = UINT64_MAX;
        if (word == first >> 6) bytes &= UINT64_MAX << (first & 63);
        if (word == last >> 6) bytes &= UINT64_MAX >> (63 - (last & 63));
        set->listed[word] |= bytes;
    }
}

// A class inside brackets. The complement of a class of several (%W) is not the union of their complements, so it is
// listed byte by byte.
static void add_class(pl_set *set, char name) {
    uint16_t classes = is_letter(name) ? class_of(name) : 0;
    bool complement = (pl_byte_classes[(unsigned char)name] & upper) != 0;
    if (classes == 0) list(set, (unsigned char)name);
    else if (!complement) set->in |= classes;
    else if ((classes & (classes - 1)) == 0) set->out |= classes;
    else
        for (int byte = 0; byte < 256; byte++)
            if ((pl_byte_classes[byte] & classes) == 0) list(set, (unsigned char)byte);
}

// Where the brackets that open at `at` end (behind the closing one), or null.
static const char *end_of_set(const char *at, const char *end) {
    at++;
    if (at < end && *at == '^') at++;
    do {
        if (at >= end) return NULL;
        if (*at++ == '%' && at < end) at++;
    } while (at >= end || *at != ']');
    return at + 1;
}

// Reads what stands between the brackets from `at` to `closing`.
static void read_set(pl_set *set, const char *at, const char *closing) {
    memset(set, 0, sizeof *set);
    if (*++at == '^') {
        set->negated = true;
        at++;
    }
    for (; at < closing; at++) {
        if (*at == '%') {
            at++;
            add_class(set, *at);
        } else if (at[1] == '-' && at + 2 < closing) {
            if ((unsigned char)at[0] <= (unsigned char)at[2])
                list_range(set, (unsigned char)at[0], (unsigned char)at[2]);
            at += 2;
        } else {
            list(set, (unsigned char)*at);
        }
    }
}

static void broken(reader *r, const char *complaint) {
    r->item->kind = PL_BROKEN;
    r->item->complaint = complaint;
    r->at = r->end;
}

static void read_brackets(reader *r, pl_item_kind kind) {
    const char *behind = end_of_set(r->at, r->end);
    if (behind == NULL) {
        broken(r, "malformed pattern (missing ']')");
        return;
    }
    read_set(r->set, r->at, behind - 1);
    r->item->kind = (uint8_t)kind;
    r->item->set = r->set++;
    r->at = behind;
}

// At "%", with something behind it.
static void read_escape(reader *r) {
    char name = r->at[1];
    r->at += 2;
    if (name >= '0' && name <= '9') {
        r->item->kind = PL_BACK;
        r->item->first = (uint8_t)(name - '1');
    } else if (name == 'b') {
        if (r->end - r->at < 2) {
            broken(r, "malformed pattern (missing arguments to '%b')");
            return;
        }
        r->item->kind = PL_BALANCE;
        r->item->first = (uint8_t)r->at[0];
        r->item->second = (uint8_t)r->at[1];
        r->at += 2;
    } else if (name == 'f') {
        if (r->at < r->end && *r->at == '[') read_brackets(r, PL_FRONTIER);
        else broken(r, "missing '[' after '%f' in pattern");
    } else {
        r->item->classes = is_letter(name) ? class_of(name) : 0;
        r->item->kind = r->item->classes != 0 ? PL_CLASS : PL_BYTE;
        r->item->negated = (pl_byte_classes[(unsigned char)name] & upper) != 0;
        r->item->first = (uint8_t)name;
    }
}

static void read_item(reader *r) {
    *r->item = (pl_item){.kind = PL_BYTE, .first = (uint8_t)*r->at};
    switch (*r->at) {
    case '(':
        r->item->kind = r->at + 1 < r->end && r->at[1] == ')' ? PL_PLACE : PL_OPEN;
        r->at += r->item->kind == PL_PLACE ? 2 : 1;
        return;
    case ')':
        r->item->kind = PL_CLOSE;
        r->at++;
        return;
    case '$':
        if (r->at + 1 == r->end) r->item->kind = PL_AT_END;
        r->at++;
        break;
    case '%':
        if (r->at + 1 == r->end) broken(r, "malformed pattern (ends with '%')");
        else read_escape(r);
        break;
    case '[': read_brackets(r, PL_SET); break;
    case '.':
        r->item->kind = PL_ANY;
        r->at++;
        break;
    default: r->at++;
    }
    if (r->item->kind <= PL_SET && r->at < r->end && memchr("*+-?", *r->at, 4) != NULL) r->item->repeat = *r->at++;
}

static size_t count_brackets(const char *source, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++) count += source[i] == '[';
    return count;
}

void pl_read_pattern(lua_State *L, pl_pattern *pattern, const char *source, size_t length) {
    reader r = {.at = source, .end = source + length, .item = pattern->short_items, .set = pattern->short_sets};
    pl_spend(L, length / 4);
    size_t items = sizeof pattern->short_items / sizeof(pl_item), sets = sizeof pattern->short_sets / sizeof(pl_set);
    if (length + 1 > items || (length > sets && count_brackets(source, length) > sets)) {
        size_t brackets = count_brackets(source, length);
        if (length > pl_of(L)->limits.memory / sizeof(pl_item)) pl_stop(L, PL_MEMORY);
        r.set = lua_newuserdatauv(L, brackets * sizeof(pl_set) + (length + 1) * sizeof(pl_item), 0);
        r.item = (pl_item *)(r.set + brackets);
    }
    pattern->items = r.item;
    while (r.at < r.end) {
        read_item(&r);
        r.item++;
    }
    *r.item = (pl_item){.kind = PL_DONE};
}

// Matching: depth first, one item after the other. Every byte that is looked at is a step; steps are billed, so a
// pattern that tries for ever meets the script's own limit, and the depth is bounded like that of the manual's matcher.
#include "pattern.h"

enum { steps_between_bills = 4096, steps_per_unit = 4 };

void pl_bill_steps(pl_matcher *m) {
    pl_spend(m->L, (m->steps - m->billed) / steps_per_unit);
    m->billed = m->steps - (m->steps - m->billed) % steps_per_unit;
}

static inline void step(pl_matcher *m, size_t count) {
    m->steps += count;
    if (m->steps - m->billed >= steps_between_bills) pl_bill_steps(m);
}

static inline bool is_one(const pl_item *item, unsigned char byte) {
    switch (item->kind) {
    case PL_ANY: return true;
    case PL_BYTE: return byte == item->first;
    case PL_CLASS: return ((pl_byte_classes[byte] & item->classes) != 0) != item->negated;
    default: return pl_in_set(item->set, byte);
    }
}

// How many bytes from `s` on the item takes at the most.
static size_t longest_run(const pl_matcher *m, const char *s, const pl_item *item) {
    const char *at = s;
    switch (item->kind) {
    case PL_ANY: return (size_t)(m->end - s);
    case PL_BYTE:
        while (at < m->end && (unsigned char)*at == item->first) at++;
        break;
    case PL_CLASS:
        while (at < m->end && ((pl_byte_classes[(unsigned char)*at] & item->classes) != 0) != item->negated) at++;
        break;
    default:
        while (at < m->end && pl_in_set(item->set, (unsigned char)*at)) at++;
    }
    return (size_t)(at - s);
}

static const char *match_items(pl_matcher *m, const char *s, const pl_item *item);

static const char *descend(pl_matcher *m, const char *s, const pl_item *item) {
    if (m->depth == pl_max_depth) luaL_error(m->L, "pattern too complex");
    m->depth++;
    step(m, 1);
    const char *end = match_items(m, s, item);
    m->depth--;
    return end;
}

// As many as possible first, then fewer. Where a plain byte follows, only places before that byte are tried.
static const char *match_greedily(pl_matcher *m, const char *s, const pl_item *item, size_t least) {
    size_t run = longest_run(m, s, item);
    step(m, item->kind == PL_ANY ? 1 : run);
    const pl_item *next = item + 1;
    bool peek = next->kind == PL_BYTE && next->repeat == 0 && m->depth < pl_max_depth;
    for (size_t taken = run + 1; taken-- > least;) {
        const char *rest = s + taken;
        if (peek && (rest == m->end || (unsigned char)*rest != next->first)) {
            step(m, 1);
            continue;
        }
        const char *end = descend(m, rest, next);
        if (end != NULL) return end;
    }
    return NULL;
}

static const char *match_lazily(pl_matcher *m, const char *s, const pl_item *item) {
    for (;;) {
        const char *end = descend(m, s, item + 1);
        if (end != NULL) return end;
        if (s == m->end || !is_one(item, (unsigned char)*s)) return NULL;
        s++;
    }
}

static const char *open_capture(pl_matcher *m, const char *s, const pl_item *item) {
    if (m->level == pl_max_captures) luaL_error(m->L, "too many captures");
    m->captures[m->level] = (pl_capture){s, item->kind == PL_PLACE ? pl_just_place : pl_unfinished};
    m->level++;
    const char *end = descend(m, s, item + 1);
    if (end == NULL) m->level--;
    return end;
}

static const char *close_capture(pl_matcher *m, const char *s, const pl_item *item) {
    int index = m->level - 1;
    while (index >= 0 && m->captures[index].length != pl_unfinished) index--;
    if (index < 0) luaL_error(m->L, "invalid pattern capture");
    m->captures[index].length = s - m->captures[index].start;
    const char *end = descend(m, s, item + 1);
    if (end == NULL) m->captures[index].length = pl_unfinished;
    return end;
}

// Behind a repetition of what was captured, or null.
static const char *match_back(pl_matcher *m, const char *s, const pl_item *item) {
    int index = (int8_t)item->first;
    if (index < 0 || index >= m->level || m->captures[index].length == pl_unfinished)
        luaL_error(m->L, "invalid capture index %%%d", index + 1);
    // The length of a capture of a place alone is as large as can be: no text repeats it.
    size_t length = (size_t)m->captures[index].length;
    if ((size_t)(m->end - s) < length) return NULL;
    step(m, length / 16);
    return memcmp(m->captures[index].start, s, length) == 0 ? s + length : NULL;
}

static const char *match_balance(pl_matcher *m, const char *s, const pl_item *item) {
    if (s == m->end || (unsigned char)*s != item->first) return NULL;
    size_t open = 1;
    for (const char *at = s + 1; at < m->end; at++) {
        step(m, 1);
        unsigned char byte = (unsigned char)*at;
        if (byte == item->second) {
            if (--open == 0) return at + 1;
        } else if (byte == item->first) {
            open++;
        }
    }
    return NULL;
}

// Outside the text lies a zero byte.
static bool is_frontier(const pl_matcher *m, const char *s, const pl_item *item) {
    unsigned char before = s == m->text ? 0 : (unsigned char)s[-1];
    unsigned char here = s == m->end ? 0 : (unsigned char)*s;
    return !pl_in_set(item->set, before) && pl_in_set(item->set, here);
}

static const char *match_items(pl_matcher *m, const char *s, const pl_item *item) {
    for (;; item++) {
        switch (item->kind) {
        case PL_DONE: return s;
        case PL_AT_END: return s == m->end ? s : NULL;
        case PL_BROKEN: luaL_error(m->L, "%s", item->complaint); return NULL;
        case PL_OPEN:
        case PL_PLACE: return open_capture(m, s, item);
        case PL_CLOSE: return close_capture(m, s, item);
        case PL_FRONTIER:
            if (!is_frontier(m, s, item)) return NULL;
            continue;
        case PL_BALANCE:
            s = match_balance(m, s, item);
            if (s == NULL) return NULL;
            continue;
        case PL_BACK:
            s = match_back(m, s, item);
            if (s == NULL) return NULL;
            continue;
        default: break;
        }
        bool one;
        switch (item->repeat) {
        case 0:
            if (s == m->end || !is_one(item, (unsigned char)*s)) return NULL;
            s++;
            continue;
        case '?':
            one = s < m->end && is_one(item, (unsigned char)*s);
            if (one) {
                const char *end = descend(m, s + 1, item + 1);
                if (end != NULL) return end;
            }
            continue;
        case '+': return match_greedily(m, s, item, 1);
        case '*': return match_greedily(m, s, item, 0);
        default: return match_lazily(m, s, item);
        }
    }
}

const char *pl_match_at(pl_matcher *m, const char *from, const pl_item *items) {
    m->level = 0;
    m->depth = 0;
    return descend(m, from, items);
}

// The item that the first byte of a match must be, or null where a match may begin with anything.
static const pl_item *required_first(const pl_item *items) {
    const pl_item *first = items;
    while (first->kind == PL_OPEN && first < items + 4) first++;
    bool takes_a_byte = first->kind <= PL_SET && (first->repeat == 0 || first->repeat == '+');
    return takes_a_byte && first->kind != PL_ANY ? first : NULL;
}

// Where the first byte that `item` takes is, or the end.
static const char *skip_to(pl_matcher *m, const char *s, const pl_item *item) {
    while (s < m->end) {
        size_t ahead = (size_t)(m->end - s);
        const char *stop = s + (ahead < steps_between_bills ? ahead : steps_between_bills), *begin = s;
        if (item->kind == PL_BYTE) {
            const char *found = memchr(s, item->first, (size_t)(stop - s));
            s = found != NULL ? found : stop;
        } else {
            while (s < stop && !is_one(item, (unsigned char)*s)) s++;
        }
        step(m, (size_t)(s - begin) / (item->kind == PL_BYTE ? 8 : 1));
        if (s < stop) break;
    }
    return s;
}

const char *pl_match_from(pl_matcher *m, const char **from, const pl_item *items) {
    const pl_item *first = required_first(items);
    for (const char *s = *from; s <= m->end; s++) {
        if (first != NULL) {
            s = skip_to(m, s, first);
            if (s == m->end) return NULL;
        }
        const char *end = pl_match_at(m, s, items);
        if (end != NULL) {
            *from = s;
            return end;
        }
    }
    return NULL;
}

void pl_push_capture(pl_matcher *m, int index, const char *from, const char *to) {
    if (index >= m->level) {
        if (index != 0) luaL_error(m->L, "invalid capture index %%%d", index + 1);
        pl_spend_bytes(m->L, (size_t)(to - from));
        lua_pushlstring(m->L, from, (size_t)(to - from));
        return;
    }
    const pl_capture *capture = &m->captures[index];
    if (capture->length == pl_unfinished) luaL_error(m->L, "unfinished capture");
    if (capture->length == pl_just_place) {
        lua_pushinteger(m->L, capture->start - m->text + 1);
        return;
    }
    pl_spend_bytes(m->L, (size_t)capture->length);
    lua_pushlstring(m->L, capture->start, (size_t)capture->length);
}

int pl_push_captures(pl_matcher *m, const char *from, const char *to) {
    int count = m->level == 0 && from != NULL ? 1 : m->level;
    luaL_checkstack(m->L, count, "too many captures");
    for (int i = 0; i < count; i++) pl_push_capture(m, i, from, to);
    return count;
}

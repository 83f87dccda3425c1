// Finding a piece of text in linear time. Short work is done by memchr and memcmp; when they prove to be led astray
// (a text and a piece of mostly equal bytes), the rest is searched by the two-way algorithm of Crochemore and Perrin
// ("Two-way string-matching", 1991), which never looks at a byte more than a few times and needs no memory.
#include "library.h"

#include <string.h>

enum { stretch = 1 << 16 };  // bytes between two bills

typedef struct search {
    lua_State *L;
    const unsigned char *text, *piece;
    size_t length, size;
} search;

// The greatest suffix of the piece in the order of its bytes, or in the reverse order, and that suffix's period.
static size_t greatest_suffix(const search *s, bool reverse, size_t *period) {
    size_t start = 0, candidate = 1, same = 0;
    *period = 1;
    for (size_t steps = 1; candidate + same < s->size; steps++) {
        if (steps % stretch == 0) pl_spend_bytes(s->L, stretch);
        unsigned char ours = s->piece[start + same], its = s->piece[candidate + same];
        if (ours == its) {
            if (++same == *period) {
                candidate += same;
                same = 0;
            }
        } else if (reverse ? its > ours : its < ours) {
            candidate += same + 1;
            same = 0;
            *period = candidate - start;
        } else {
            start = candidate++;
            same = 0;
            *period = 1;
        }
    }
    return start;
}

// The piece is cut where both halves can be compared without looking back; `known` bytes at its beginning are known
// to match after a shift by its period.
static const unsigned char *two_way(const search *s) {
    size_t period, other_period;
    size_t cut = greatest_suffix(s, false, &period), other = greatest_suffix(s, true, &other_period);
    if (other > cut) {
        cut = other;
        period = other_period;
    }
    bool periodic = memcmp(s->piece, s->piece + period, cut) == 0;
    if (!periodic) period = (cut > s->size - cut ? cut : s->size - cut) + 1;
    size_t known = 0, next_bill = 0;
    for (size_t at = 0; at + s->size <= s->length;) {
        if (at >= next_bill) {
            pl_spend_bytes(s->L, stretch);
            next_bill = at + stretch;
        }
        const unsigned char *here = s->text + at;
        size_t i = cut > known ? cut : known;
        while (i < s->size && s->piece[i] == here[i]) i++;
        if (i < s->size) {
            at += i - cut + 1;
            known = 0;
            continue;
        }
        i = cut;
        while (i > known && s->piece[i - 1] == here[i - 1]) i--;
        if (i <= known) return here;
        at += period;
        known = periodic ? s->size - period : 0;
    }
    return NULL;
}

// Goes from one occurrence of the first byte to the next as long as that pays.
static const unsigned char *first_byte(search *s) {
    size_t wasted = 0, begun = 0, next_bill = stretch;
    while (s->length >= s->size) {
        const unsigned char *place = memchr(s->text, s->piece[0], s->length - s->size + 1);
        if (place == NULL) return NULL;
        size_t gone = (size_t)(place - s->text), same = 1;
        while (same < s->size && place[same] == s->piece[same]) same++;
        if (same == s->size) return place;
        s->text = place + 1;
        s->length -= gone + 1;
        begun += gone + 1;
        wasted += same;
        if (wasted > 1024 + 2 * begun) return two_way(s);
        if (begun >= next_bill) {
            pl_spend_bytes(s->L, stretch);
            next_bill = begun + stretch;
        }
    }
    return NULL;
}

const char *pl_find_plain(lua_State *L, const char *text, size_t length, const char *piece, size_t piece_length) {
    if (piece_length == 0) return text;
    if (piece_length > length) return NULL;
    pl_spend_bytes(L, length < stretch ? length : stretch);
    if (piece_length == 1 && length <= stretch) return memchr(text, *piece, length);
    search s = {.L = L, .text = (const unsigned char *)text, .piece = (const unsigned char *)piece, .length = length,
                .size = piece_length};
    return (const char *)first_byte(&s);
}

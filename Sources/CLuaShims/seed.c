// Texts hash alike in every process.
//
// Lua draws the seed of its hashes from the clock and from addresses. What a script may see of that is the length of a
// list with holes whose table holds texts too: where keys come and go, the time at which Lua lays such a table out anew,
// and with it the border that `#` finds, hang on which texts collide. Memory at its fullest does so as well. A seed that
// scripts know lets them choose texts that collide, which they can do with whole numbers anyhow.
//
// The seed is made for good when the library is built, so it is changed in Lua's own state: after lua_newstate has drawn
// it and before the first text is hashed, which is when memory is asked for the second time. Only where every field
// around it is what it must be at that moment: in every Lua 5.4. Elsewhere the drawn seed stays.
#include "pl_internal.h"

#include <string.h>

#if LUA_VERSION_NUM == 504

typedef struct tagged_value {
    union {
        void *pointer;
        lua_Integer integer;
    };
    unsigned char tag;
} tagged_value;

// The head of what Lua 5.4 keeps for a whole state.
typedef struct state_head {
    lua_Alloc allocate;
    void *context;
    ptrdiff_t held, debt;
    size_t estimate, last_estimate;
    void *texts;
    int text_count, text_room;
    tagged_value registry, placeholder;  // nil, and the integer 0 as long as the state is not complete
    unsigned int seed;
} state_head;

enum { tag_nil = 0, tag_integer = 3, fixed_seed = 0x706c756d };

static bool is_newborn(const state_head *head, const pl_sandbox *sandbox, size_t size) {
    return head->allocate == pl_allocate && head->context == sandbox && head->held == (ptrdiff_t)size &&
           head->debt == 0 && head->texts == NULL && head->text_count == 0 && head->text_room == 0 &&
           head->registry.tag == tag_nil && head->placeholder.tag == tag_integer && head->placeholder.integer == 0;
}

void pl_fix_seed(const pl_sandbox *sandbox, uint8_t *state, size_t size) {
    for (size_t at = 0; at + sizeof(state_head) <= size; at += sizeof(void *)) {
        state_head head;
        memcpy(&head, state + at, sizeof head);
        if (!is_newborn(&head, sandbox, size)) continue;
        const unsigned int seed = fixed_seed;
        memcpy(state + at + offsetof(state_head, seed), &seed, sizeof seed);
        return;
    }
}

#else

void pl_fix_seed(const pl_sandbox *sandbox, uint8_t *state, size_t size) { (void)sandbox, (void)state, (void)size; }

#endif

// Memory of one sandbox: a cap on all of it and on one block, counted to the byte.
#include "pl_internal.h"

#include <stdlib.h>
#include <string.h>

// Error reporting must not fail for want of memory: once a sandbox is stopped it may use this much more.
enum { reserve = 256 * 1024, most_slack = 1 << 20 };

static bool over_cap(const pl_sandbox *sandbox, size_t growth, size_t new_size) {
    size_t slack = sandbox->verdict == PL_OK ? 0 : reserve;
    size_t total = sandbox->used + sandbox->native;
    return new_size > sandbox->limits.block + slack || growth > sandbox->limits.memory + slack ||
           total > sandbox->limits.memory + slack - growth;
}

void pl_note_refusal(pl_sandbox *sandbox, size_t size) {
    sandbox->refusal = (pl_refusal){size, sandbox->used + sandbox->native, size > sandbox->limits.block};
}

// Lua answers a refusal with an emergency collection and one retry. The retry decides, and a script that lives on
// such collections is stopped after a few: each of them costs a walk over all it holds.
static void *refuse(pl_sandbox *sandbox, size_t new_size) {
    bool curable = new_size <= sandbox->limits.block && !sandbox->refusal_pending && sandbox->second_chances > 0;
    if (curable) {
        sandbox->refusal_pending = true;
        sandbox->second_chances--;
        return NULL;
    }
    if (sandbox->verdict == PL_OK) {
        sandbox->verdict = PL_MEMORY;
        pl_note_refusal(sandbox, new_size);
        pl_note_position(sandbox->L, sandbox);
        pl_stop_soon(sandbox);  // where Lua can go on without the memory, the script must not
    }
    return NULL;
}

// How far memory may grow before it is collected again, in percent of what is held: twice as much, at first up to a
// megabyte more unless objects hold the host's memory, and less where the cap is near: living on emergency collections
// ends a script.
static void tune_collector(pl_sandbox *sandbox) {
    size_t used = sandbox->used | 1024, cap = sandbox->limits.memory;
    cap = cap > sandbox->native ? cap - sandbox->native : 0;
    size_t slack = sandbox->native > most_slack ? 0 : cap / 4 < most_slack ? cap / 4 : most_slack;
    size_t pause = 100 + (slack > used ? 100 * slack / used : 100), most = cap / used * 90 + cap % used * 90 / used;
    if (pause > most) pause = most;
    pause = pause < 105 ? 105 : pause > 1000 ? 1000 : pause;
    sandbox->tuned_below = used / 4 * 3;
    sandbox->tuned_above = used / 4 * 5;
    lua_gc(sandbox->L, LUA_GCSETPAUSE, (int)pause);  // sets a number, whatever Lua is doing
}

// Small blocks, which most of Lua's are, come from slabs and go back to a list for their size: a few instructions
// instead of malloc's walk. Slabs are given back when the sandbox is closed. Under AddressSanitizer every block is
// malloc's, so that it sees them.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PL_EVERY_BLOCK_APART 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define PL_EVERY_BLOCK_APART 1
#endif

enum { class_bytes = 16, slab_bytes = 32 * 1024 };

#ifdef PL_EVERY_BLOCK_APART
static bool is_small(size_t size) { (void)size; return false; }
#else
static bool is_small(size_t size) { return size <= class_bytes * pl_small_classes; }
#endif

static void *take_small(pl_sandbox *sandbox, size_t size) {
    size_t class = (size - 1) / class_bytes;
    void *block = sandbox->free_blocks[class];
    if (block != NULL) {
        memcpy(&sandbox->free_blocks[class], block, sizeof(void *));
        return block;
    }
    size_t bytes = (class + 1) * class_bytes;
    if ((size_t)(sandbox->slab_end - sandbox->slab_at) < bytes) {
        uint8_t *slab = malloc(slab_bytes);
        if (slab == NULL) return NULL;
        memcpy(slab, &sandbox->slabs, sizeof(void *));  // its first 16 bytes lead to the slab before
        sandbox->slabs = slab;
        sandbox->slab_at = slab + class_bytes;
        sandbox->slab_end = slab + slab_bytes;
    }
    block = sandbox->slab_at;
    sandbox->slab_at += bytes;
    return block;
}

static void give_back(pl_sandbox *sandbox, void *block, size_t size) {
    if (!is_small(size)) {
        free(block);
        return;
    }
    size_t class = (size - 1) / class_bytes;
    memcpy(block, &sandbox->free_blocks[class], sizeof(void *));
    sandbox->free_blocks[class] = block;
}

void pl_free_slabs(pl_sandbox *sandbox) {
    while (sandbox->slabs != NULL) {
        void *slab = sandbox->slabs;
        memcpy(&sandbox->slabs, slab, sizeof(void *));
        free(slab);
    }
}

static void *resize(pl_sandbox *sandbox, void *block, size_t old_size, size_t new_size) {
    if (block != NULL && !is_small(old_size) && !is_small(new_size)) return realloc(block, new_size);
    if (block != NULL && is_small(old_size) && is_small(new_size) &&
        (old_size - 1) / class_bytes == (new_size - 1) / class_bytes)
        return block;
    void *moved = is_small(new_size) ? take_small(sandbox, new_size) : malloc(new_size);
    if (moved == NULL) return new_size <= old_size ? block : NULL;  // Lua relies on that smaller always fits
    if (block == NULL) return moved;
    memcpy(moved, block, old_size < new_size ? old_size : new_size);
    give_back(sandbox, block, old_size);
    return moved;
}

// Whatever lua_newstate asks for first is the state.
static void note_birth(pl_sandbox *sandbox, void *block, size_t size) {
    sandbox->newborn = block;
    sandbox->newborn_size = size;
}

static void end_birth(pl_sandbox *sandbox) {
    if (sandbox->newborn == NULL) return;
    pl_fix_seed(sandbox, sandbox->newborn, sandbox->newborn_size);
    sandbox->newborn = NULL;
}

void *pl_allocate(void *context, void *block, size_t old_size, size_t new_size) {
    pl_sandbox *sandbox = context;
    end_birth(sandbox);
    if (block == NULL) old_size = 0;  // then Lua passes a type tag, not a size
    if (new_size == 0) {
        if (block != NULL) give_back(sandbox, block, old_size);
        sandbox->used -= old_size;
        return NULL;
    }
    if (new_size > old_size && sandbox->enforcing && over_cap(sandbox, new_size - old_size, new_size))
        return refuse(sandbox, new_size);
    void *moved = resize(sandbox, block, old_size, new_size);
    if (moved == NULL) return NULL;
    if (sandbox->used == 0) note_birth(sandbox, moved, new_size);
    sandbox->used += new_size - old_size;
    if (new_size > old_size) {
        sandbox->refusal_pending = false;
        bool tuned = sandbox->used >= sandbox->tuned_below && sandbox->used <= sandbox->tuned_above;
        if (!tuned && sandbox->L != NULL) tune_collector(sandbox);
    }
    if (sandbox->used + sandbox->native > sandbox->peak) sandbox->peak = sandbox->used + sandbox->native;
    return moved;
}

bool pl_fits(const pl_sandbox *sandbox, size_t bytes) {
    size_t total = sandbox->used + sandbox->native;
    return bytes <= sandbox->limits.memory && total <= sandbox->limits.memory - bytes;
}

void pl_bill_memory(pl_sandbox *sandbox, int64_t bytes) {
    bool was_large = sandbox->native > most_slack;
    sandbox->native = (size_t)((int64_t)sandbox->native + bytes);
    if (was_large != (sandbox->native > most_slack) && sandbox->L != NULL) tune_collector(sandbox);
    if (sandbox->used + sandbox->native > sandbox->peak) sandbox->peak = sandbox->used + sandbox->native;
}

pl_refusal pl_memory_refusal(const pl_sandbox *sandbox) { return sandbox->refusal; }

size_t pl_memory_peak(const pl_sandbox *sandbox) { return sandbox->peak; }

bool pl_buffer_append(pl_buffer *buffer, const void *bytes, size_t length) {
    if (buffer->failed || length > buffer->limit - buffer->length) {
        buffer->failed = true;
        return false;
    }
    if (buffer->length + length > buffer->capacity) {
        size_t wanted = buffer->capacity ? buffer->capacity * 2 : 256;
        while (wanted < buffer->length + length) wanted *= 2;
        uint8_t *moved = realloc(buffer->bytes, wanted);
        if (moved == NULL) {
            buffer->failed = true;
            return false;
        }
        buffer->bytes = moved;
        buffer->capacity = wanted;
    }
    if (length > 0) memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
    return true;
}

void pl_buffer_free(pl_buffer *buffer) {
    free(buffer->bytes);
    *buffer = (pl_buffer){.limit = buffer->limit};
}

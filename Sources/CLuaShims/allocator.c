// Memory of one sandbox: a cap on all of it and on one block, counted to the byte.
#include "pl_internal.h"

#include <stdlib.h>

// Error reporting must not fail for want of memory: once a sandbox is stopped it may use this much more.
enum { reserve = 256 * 1024, most_slack = 1 << 20 };

static bool over_cap(const pl_sandbox *sandbox, size_t growth, size_t new_size) {
    size_t slack = sandbox->verdict == PL_OK ? 0 : reserve;
    size_t total = sandbox->used + sandbox->native;
    return new_size > sandbox->limits.block + slack || growth > sandbox->limits.memory + slack ||
           total > sandbox->limits.memory + slack - growth;
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

void *pl_allocate(void *context, void *block, size_t old_size, size_t new_size) {
    pl_sandbox *sandbox = context;
    if (block == NULL) old_size = 0;  // then Lua passes a type tag, not a size
    if (new_size == 0) {
        free(block);
        sandbox->used -= old_size;
        return NULL;
    }
    if (new_size > old_size && sandbox->enforcing && over_cap(sandbox, new_size - old_size, new_size))
        return refuse(sandbox, new_size);
    void *moved = realloc(block, new_size);
    if (moved == NULL) return NULL;
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
    for (size_t i = 0; i < length; i++) buffer->bytes[buffer->length + i] = ((const uint8_t *)bytes)[i];
    buffer->length += length;
    return true;
}

void pl_buffer_free(pl_buffer *buffer) {
    free(buffer->bytes);
    *buffer = (pl_buffer){.limit = buffer->limit};
}

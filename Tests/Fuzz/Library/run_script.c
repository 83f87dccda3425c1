// Runs one script in a sandbox without a host: for fuzzing and for measuring the library outside Swift.
//
//   run_script script.lua [fuel] [memory] [cpu seconds]
//
// Prints what the script printed; the exit status is the verdict, 99 when memory is not accounted for.
#include "CLuaLibrary.h"
#include "CLuaShims.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pl_reply_status no_call(void *context, uint16_t function, const pl_value *arguments, int count,
                               pl_value *reply) {
    (void)context, (void)function, (void)arguments, (void)count;
    reply->tag = PL_NIL;
    return PL_REPLY;
}

static void no_release(void *context, uint8_t kind, uint32_t id) { (void)context, (void)kind, (void)id; }

static uint8_t *read_file(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) return NULL;
    long size = ftell(file);
    rewind(file);
    static const char ending[] = "\nreturn measure {}";
    uint8_t *bytes = malloc((size_t)size + sizeof ending);
    *length = bytes == NULL ? 0 : fread(bytes, 1, (size_t)size, file);
    fclose(file);
    if (bytes == NULL) return NULL;
    memcpy(bytes + *length, ending, sizeof ending - 1);
    *length += sizeof ending - 1;
    return bytes;
}

int main(int count, char **words) {
    size_t length, log_length;
    uint8_t *source = count > 1 ? read_file(words[1], &length) : NULL;
    if (source == NULL) return fprintf(stderr, "usage: run_script script.lua [fuel] [memory] [cpu seconds]\n"), 98;
    size_t memory = count > 3 ? strtoull(words[3], NULL, 10) : (size_t)1 << 30;
    pl_limits limits = {
        .memory = memory, .block = memory, .cpu_seconds = count > 4 ? atof(words[4]) : 0,
        .fuel = count > 2 ? strtoull(words[2], NULL, 10) : 0, .source = (size_t)1 << 28, .result = 1 << 20,
        .result_keys = 10000, .result_depth = 16, .log_bytes = (size_t)1 << 30, .log_lines = 1u << 30,
    };
    pl_host host = {NULL, no_call, no_release};
    pl_sandbox *sandbox = pl_open(&limits, &host, pl_library_open, NULL, 0, NULL, 0);
    if (sandbox == NULL) return PL_MEMORY;
    pl_verdict verdict = pl_load(sandbox, "script", source, length);
    if (verdict == PL_OK) verdict = pl_instantiate(sandbox, 1);
    bool truncated;
    const uint8_t *log = pl_log(sandbox, &log_length, &truncated);
    fwrite(log, 1, log_length, stdout);
    fprintf(stderr, "verdict %d line %d fuel %llu peak %zu %s\n", verdict, pl_line(sandbox),
            (unsigned long long)pl_fuel_spent(sandbox), pl_memory_peak(sandbox), pl_message(sandbox));
    free(source);
    return pl_close(sandbox) == 0 ? (int)verdict : 99;
}

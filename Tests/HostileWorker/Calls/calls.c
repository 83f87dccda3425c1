#include "HostileCalls.h"

#ifdef __linux__
#define _GNU_SOURCE
#include "table.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static long call(long number, const long *arguments) {
    long result = syscall(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
    return result == -1 ? -errno : result;
}

static long from_table(const hostile_entry *entry, const char *path) {
    long arguments[6];
    for (int i = 0; i < 6; i++) {
        long argument = entry->arguments[i];
        arguments[i] = argument == HOSTILE_PARENT ? getppid() : argument == HOSTILE_PATH ? (long)path : argument;
    }
    return call(entry->number, arguments);
}

// Calls that return twice: the second process, if there is one, is sent away.
static long twice(long number, const long *arguments) {
    long result = call(number, arguments);
    if (result == 0) _exit(0);
    return result;
}

static long fork_it(void) { return twice(SYS_clone, (long[6]){SIGCHLD}); }

static long fork_anew(void) {
    unsigned long choices[11] = {[4] = SIGCHLD};
    return twice(SYS_clone3, (long[6]){(long)choices, sizeof choices});
}

#ifdef __x86_64__
static long fork_by_its_name(void) { return twice(SYS_fork, (long[6]){0}); }

// getpid of the 32-bit table.
static long by_interrupt(void) {
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(20) : "memory", "r8", "r9", "r10", "r11");
    return result;
}
#endif

// Not hostile: what a worker may find out about itself.

static long variables(void) {
    extern char **environ;
    long count = 0;
    while (environ != NULL && environ[count] != NULL) count++;
    return count;
}

// A bit for each descriptor that is open, and one above all if there are any beyond.
static long descriptors(void) {
    long open = 0;
    for (int number = 0; number < 4096; number++) {
        struct pollfd entry = {.fd = number};
        if (poll(&entry, 1, 0) < 0) return -errno;
        if ((entry.revents & POLLNVAL) == 0) open |= 1L << (number < 62 ? number : 62);
    }
    return open;
}

static long who_am_i(void) { return getpid() > 0; }

static long give_up(void) { abort(); }

// Address space alone, which the system gives away freely where nothing bounds it.
static long take_memory(size_t bytes) {
    void *block = mmap(NULL, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (block == MAP_FAILED) return -errno;
    munmap(block, bytes);
    return 1;
}

static long take_much_memory(void) { return take_memory((size_t)1 << 28); }
static long take_too_much_memory(void) { return take_memory((size_t)1 << 36); }

static const struct {
    const char *name;
    long (*make)(void);
} others[] = {
    {"clone", fork_it},
    {"clone3", fork_anew},
#ifdef __x86_64__
    {"fork", fork_by_its_name},
    {"int 0x80", by_interrupt},
#endif
    {"(variables)", variables},
    {"(descriptors)", descriptors},
    {"(itself)", who_am_i},
    {"(abort)", give_up},
    {"(much memory)", take_much_memory},
    {"(too much memory)", take_too_much_memory},
};

static const size_t other_count = sizeof others / sizeof *others;

size_t hostile_count(void) { return hostile_table_count + other_count; }

const char *hostile_name(size_t index) {
    return index < hostile_table_count ? hostile_table[index].name : others[index - hostile_table_count].name;
}

long hostile_call(const char *name, const char *path) {
    for (size_t i = 0; i < hostile_table_count; i++) {
        if (strcmp(hostile_table[i].name, name) == 0) return from_table(&hostile_table[i], path);
    }
    for (size_t i = 0; i < other_count; i++) {
        if (strcmp(others[i].name, name) == 0) return others[i].make();
    }
    return -9999;
}

#else
size_t hostile_count(void) { return 0; }
const char *hostile_name(size_t index) { return (void)index, ""; }
long hostile_call(const char *name, const char *path) { return (void)name, (void)path, -9999; }
#endif

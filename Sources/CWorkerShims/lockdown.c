// What a worker gives up before it sees a script.
#ifdef __linux__
#define _GNU_SOURCE
#endif
#include "CWorkerShims.h"
#include "internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

// Neither more now nor more later; a limit that is lower already stays.
static int limit(int resource, rlim_t most) {
    struct rlimit bounds;
    if (getrlimit(resource, &bounds) != 0) return errno;
    if (bounds.rlim_max < most) most = bounds.rlim_max;
    bounds.rlim_cur = most;
    bounds.rlim_max = most;
    return setrlimit(resource, &bounds) == 0 ? 0 : errno;
}

#ifdef __linux__
#include <sys/prctl.h>

// Sanitizers map terabytes for their shadow, and look for leaks at the end by another process, which is forbidden.
#ifdef PLW_SANITIZED
static int is_locked_down;

int __lsan_is_turned_off(void) { return is_locked_down; }

static int limit_address_space(uint64_t more) {
    (void)more;
    is_locked_down = 1;
    return 0;
}
#else
static int limit_address_space(uint64_t more) {
    FILE *sizes = fopen("/proc/self/statm", "r");
    if (sizes == NULL) return errno;
    unsigned long pages = 0;
    int found = fscanf(sizes, "%lu", &pages);
    fclose(sizes);
    if (found != 1) return EIO;
    return limit(RLIMIT_AS, (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + more);
}
#endif

// One descriptor stays possible, for poll takes no more entries than there may be descriptors; 0 is that one.
static int limit_resources(uint64_t more) {
    int status = limit_address_space(more);
    if (status == 0) status = limit(RLIMIT_CORE, 0);
    if (status == 0) status = limit(RLIMIT_FSIZE, 0);
    if (status == 0) status = limit(RLIMIT_MEMLOCK, 0);
    if (status == 0) status = limit(RLIMIT_NOFILE, 1);
    if (status == 0) status = limit(RLIMIT_NPROC, 0);
    return status;
}

static int give_up(int option, unsigned long value) { return prctl(option, value, 0, 0, 0) == 0 ? 0 : errno; }

static void close_inherited(void) { closefrom(3); }

plw_missing plw_lock_down(uint64_t more_address_space) {
    plw_await_watch();
    clearenv();
    close_inherited();
    plw_missing missing;
    missing.resource_limits = limit_resources(more_address_space);
    missing.no_new_privileges = give_up(PR_SET_NO_NEW_PRIVS, 1);
    missing.hidden_memory = give_up(PR_SET_DUMPABLE, 0);
    missing.system_call_filter = plw_filter_system_calls();
    return missing;
}
#else  // the address space and what other processes see of it cannot be limited there
plw_missing plw_lock_down(uint64_t more_address_space) {
    (void)more_address_space;
    for (int descriptor = getdtablesize() - 1; descriptor > 2; descriptor--) close(descriptor);
    int status = limit(RLIMIT_CORE, 0);
    if (status == 0) status = limit(RLIMIT_FSIZE, 0);
    if (status == 0) status = limit(RLIMIT_NPROC, 0);
    plw_missing missing = {.no_new_privileges = ENOSYS, .hidden_memory = ENOSYS, .resource_limits = status};
    missing.system_call_filter = plw_filter_system_calls();
    return missing;
}
#endif

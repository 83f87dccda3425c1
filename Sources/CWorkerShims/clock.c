#ifdef __linux__
#define _GNU_SOURCE
#endif
#include "CWorkerShims.h"

#include <time.h>

double plw_cpu_seconds(pid_t process) {
#ifdef __linux__
    clockid_t clock;
    struct timespec time;
    if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &time) != 0) return -1;
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
#else
    (void)process;
    return -1;
#endif
}

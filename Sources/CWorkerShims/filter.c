// The system calls that are left to a worker: its two pipes, anonymous memory, its own timer and signals, its end.
//
// Everything else ends the process at once, so that code which found a hole in the interpreter gets no second try.
// Calls are allowed for what the C library and Swift's runtime do on this machine's architecture; another one (32-bit
// calls, x32) counts as something else. Arguments that are ints are compared as the kernel reads them, by 32 bits.
#ifdef __linux__
#define _GNU_SOURCE
#endif
#include "internal.h"

#include <errno.h>

#ifdef __linux__
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

// What timer_create of the GNU library asks the kernel for when it is asked for CLOCK_THREAD_CPUTIME_ID: the caller's
// own thread, its clock of scheduled time.
#define OWN_THREAD_CLOCK ((unsigned)-2)

typedef struct rule {
    int call;
    unsigned count;  // of conditions, all of which must hold
    struct scmp_arg_cmp conditions[2];
} rule;

#define ALWAYS(name) {SCMP_SYS(name), 0, {{0}}}
#define WHEN(name, condition) {SCMP_SYS(name), 1, {condition}}
#define WHEN_BOTH(name, first, second) {SCMP_SYS(name), 2, {first, second}}

#define IS(argument, value) {.arg = argument, .op = SCMP_CMP_MASKED_EQ, .datum_a = 0xffffffff, .datum_b = value}
#define HAS_NONE_BUT(argument, bits) {.arg = argument, .op = SCMP_CMP_MASKED_EQ, .datum_a = ~(scmp_datum_t)(bits)}
#define IS_WITH_ANY(argument, value, bits) \
    {.arg = argument, .op = SCMP_CMP_MASKED_EQ, .datum_a = ~(scmp_datum_t)(bits), .datum_b = value}

static const rule rules[] = {
    // The pipes; 2 is /dev/null, where Swift and the C library put their last words.
    WHEN(read, IS(0, 0)),
    WHEN(write, IS(0, 1)),
    WHEN(write, IS(0, 2)),
    // Memory of its own, never code.
    ALWAYS(brk),
    ALWAYS(munmap),
    ALWAYS(mremap),
    WHEN_BOTH(mmap, HAS_NONE_BUT(2, PROT_READ | PROT_WRITE), IS_WITH_ANY(3, MAP_PRIVATE | MAP_ANONYMOUS, MAP_NORESERVE)),
    WHEN(mprotect, HAS_NONE_BUT(2, PROT_READ | PROT_WRITE)),
    WHEN(madvise, IS(2, MADV_DONTNEED)),
    // The timer that stops scripts, and its signal.
    WHEN(timer_create, IS(0, OWN_THREAD_CLOCK)),
    ALWAYS(timer_settime),
    ALWAYS(timer_delete),
    ALWAYS(clock_gettime),
    ALWAYS(rt_sigaction),
    ALWAYS(rt_sigprocmask),
    ALWAYS(rt_sigreturn),
    ALWAYS(restart_syscall),
    ALWAYS(gettid),
    // The thread that watches for the parent's end.
    ALWAYS(getppid),
#ifdef __NR_poll
    ALWAYS(poll),
#else
    ALWAYS(ppoll),
#endif
    // Locks between the two threads.
    WHEN(futex, IS(1, FUTEX_WAIT_PRIVATE)),
    WHEN(futex, IS(1, FUTEX_WAKE_PRIVATE)),
    // Its end; abort() signals the process itself, see below.
    ALWAYS(getpid),
    ALWAYS(exit),
    ALWAYS(exit_group),
#ifdef PLW_SANITIZED
    ALWAYS(clock_nanosleep),
    ALWAYS(gettimeofday),
    ALWAYS(madvise),
    ALWAYS(mincore),
    WHEN(mmap, HAS_NONE_BUT(2, PROT_READ | PROT_WRITE)),
    ALWAYS(nanosleep),
    ALWAYS(sched_yield),
    ALWAYS(sigaltstack),
#endif
};

static int add_rules(scmp_filter_ctx filter) {
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const rule *allowed = &rules[i];
        int status = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, allowed->call, allowed->count, allowed->conditions);
        if (status != 0) return status;
    }
    struct scmp_arg_cmp itself = IS(0, (scmp_datum_t)getpid());
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &itself);
}

static int load_rules(scmp_filter_ctx filter) {
    int status = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    if (status == 0) status = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
    if (status == 0) status = seccomp_attr_set(filter, SCMP_FLTATR_API_SYSRAWRC, 1);
    if (status == 0) status = add_rules(filter);
    if (status == 0) status = seccomp_load(filter);
    return status;
}

// libseccomp does not tell why the kernel takes no filters. Asked for one at no address, a kernel that takes them says
// EFAULT.
static int refusal(int status) {
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, NULL) != 0 && errno != EFAULT) return errno;
    return status < 0 ? -status : ENOSYS;
}

int plw_filter_system_calls(void) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (filter == NULL) return refusal(0);
    int status = load_rules(filter);
    seccomp_release(filter);
    return status == 0 ? 0 : refusal(status);
}
#else
int plw_filter_system_calls(void) { return ENOSYS; }
#endif

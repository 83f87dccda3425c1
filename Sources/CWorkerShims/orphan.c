// A worker whose parent was killed must not go on computing for nobody.
#include "CWorkerShims.h"
#include "internal.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

static atomic_bool is_starting;

// Waits for nothing but the hang-up of the pipe that requests come on: asking for no events, poll reports only that.
static void *watch(void *unused) {
    (void)unused;
    atomic_store(&is_starting, false);
    pid_t parent = getppid();
    struct pollfd pipe = {.fd = 0};
    while (poll(&pipe, 1, -1) < 0 && errno == EINTR) {}
    // A parent that lives has asked its last question and may wait for the answer. One that dies closes its files a
    // moment before its children are given to another.
    while (getppid() == parent) poll(NULL, 0, 50);
    _exit(0);
}

void plw_die_with_parent(void) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);  // signals are for the thread that evaluates
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 64 << 10);
    pthread_t thread;
    atomic_store(&is_starting, true);
    if (pthread_create(&thread, &attributes, watch, NULL) == 0) {
        pthread_detach(thread);
    } else {
        atomic_store(&is_starting, false);
    }
    pthread_attr_destroy(&attributes);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void plw_await_watch(void) {
    while (atomic_load(&is_starting)) sched_yield();
}

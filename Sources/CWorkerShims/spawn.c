#define _GNU_SOURCE
#include "CWorkerShims.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <unistd.h>

static int make_pipe(int ends[2]) {
#ifdef __linux__
    return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno;
#else
    if (pipe(ends) != 0) return errno;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return 0;
#endif
}

// What the child's descriptors 0, 1, 3, 4, ... are made from: copies above all targets, so that none is overwritten
// before it was copied.
static int copy_above(const int *descriptors, int count, int *copies) {
    for (int i = 0; i < count; i++) {
        copies[i] = fcntl(descriptors[i], F_DUPFD_CLOEXEC, count + 3);
        if (copies[i] >= 0) continue;
        int error = errno;
        while (i-- > 0) close(copies[i]);
        return error;
    }
    return 0;
}

static int start(const char *executable, const int *copies, int count, pid_t *pid) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (int i = 0; i < count; i++) posix_spawn_file_actions_adddup2(&actions, copies[i], i < 2 ? i : i + 1);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
#ifdef __linux__
    posix_spawn_file_actions_addclosefrom_np(&actions, count + 1);
#else
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, flags);
    char *arguments[] = {(char *)executable, NULL};
    char *environment[] = {"SWIFT_BACKTRACE=enable=no", NULL};
    int status = posix_spawn(pid, executable, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return status;
}

static int start_with_pipes(const char *executable, const int *inherited, int count, int requests, int replies,
                            pid_t *pid) {
    int *wanted = malloc(sizeof(int) * (size_t)(count + 2) * 2);
    if (wanted == NULL) return ENOMEM;
    int *copies = wanted + count + 2;
    wanted[0] = requests;
    wanted[1] = replies;
    for (int i = 0; i < count; i++) wanted[i + 2] = inherited[i];
    int status = copy_above(wanted, count + 2, copies);
    if (status == 0) {
        status = start(executable, copies, count + 2, pid);
        for (int i = 0; i < count + 2; i++) close(copies[i]);
    }
    free(wanted);
    return status;
}

int plw_spawn(const char *executable, const int *inherited, int count, plw_child *child) {
    int requests[2], replies[2];
    int status = make_pipe(requests);
    if (status != 0) return status;
    status = make_pipe(replies);
    if (status == 0) {
        status = start_with_pipes(executable, inherited, count, requests[0], replies[1], &child->pid);
        close(replies[1]);
        if (status != 0) close(replies[0]);
        child->replies = replies[0];
    }
    close(requests[0]);
    if (status != 0) close(requests[1]);
    child->requests = requests[1];
    return status;
}

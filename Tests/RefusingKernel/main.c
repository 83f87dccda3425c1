// Runs a program as on a kernel that refuses filters of system calls: seccomp() and prctl(PR_SET_SECCOMP) fail with an
// error number, for the program and all it starts. `refusing-kernel NUMBER PROGRAM ARGUMENT...`
//
// `--new-privileges-too` before the number refuses prctl(PR_SET_NO_NEW_PRIVS) as well. Exits with 99 where this system
// takes no filters itself; so `refusing-kernel 1 true` tells whether it does, without any code of the project.
#ifdef __linux__
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define UNLESS_EQUAL_SKIP(value, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, count)
#define IF_EQUAL_SKIP(value, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, count, 0)
#define GIVE(action) BPF_STMT(BPF_RET | BPF_K, action)

static bool refuse(unsigned error, bool new_privileges_too) {
    unsigned also = new_privileges_too ? PR_SET_NO_NEW_PRIVS : PR_SET_SECCOMP;
    struct sock_filter program[] = {
        LOAD(nr),
        IF_EQUAL_SKIP(SYS_seccomp, 4),
        UNLESS_EQUAL_SKIP(SYS_prctl, 4),
        LOAD(args[0]),
        IF_EQUAL_SKIP(PR_SET_SECCOMP, 1),
        UNLESS_EQUAL_SKIP(also, 1),
        GIVE(SECCOMP_RET_ERRNO | (error & SECCOMP_RET_DATA)),
        GIVE(SECCOMP_RET_ALLOW),
    };
    struct sock_fprog filter = {.len = sizeof program / sizeof *program, .filter = program};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

int main(int count, char **arguments) {
    bool new_privileges_too = count > 1 && strcmp(arguments[1], "--new-privileges-too") == 0;
    arguments += new_privileges_too ? 2 : 1;
    count -= new_privileges_too ? 2 : 1;
    if (count < 2) return 2;
    if (!refuse((unsigned)atoi(arguments[0]), new_privileges_too)) return 99;
    execvp(arguments[1], arguments + 1);
    return 127;
}
#else
int main(void) { return 99; }
#endif

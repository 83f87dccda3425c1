#ifdef __linux__
#define _GNU_SOURCE
#include "table.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define TEXT(literal) ((long)(literal))
#define HERE ((long)place)

static long place[512] __attribute__((aligned(4096)));  // a page to write to, of zeros to read
static const long how_to_open[3];
static const char *const no_arguments[] = {"true", NULL};

const hostile_entry hostile_table[] = {
    // Files
    {"openat, a system file", SYS_openat, {AT_FDCWD, TEXT("/etc/passwd"), O_RDONLY}},
    {"openat, /proc/self/maps", SYS_openat, {AT_FDCWD, TEXT("/proc/self/maps"), O_RDONLY}},
    {"openat, /proc/self/environ", SYS_openat, {AT_FDCWD, TEXT("/proc/self/environ"), O_RDONLY}},
    {"openat, a new file", SYS_openat, {AT_FDCWD, HOSTILE_PATH, O_CREAT | O_WRONLY, 0600}},
    {"openat2", SYS_openat2, {AT_FDCWD, TEXT("/etc/passwd"), TEXT(how_to_open), sizeof how_to_open}},
    {"open_by_handle_at", SYS_open_by_handle_at, {AT_FDCWD, HERE, O_RDONLY}},
    {"mkdirat", SYS_mkdirat, {AT_FDCWD, HOSTILE_PATH, 0700}},
    {"mknodat, a fifo", SYS_mknodat, {AT_FDCWD, HOSTILE_PATH, S_IFIFO | 0600}},
    {"symlinkat", SYS_symlinkat, {TEXT("/etc/passwd"), AT_FDCWD, HOSTILE_PATH}},
    {"linkat", SYS_linkat, {AT_FDCWD, TEXT("/etc/passwd"), AT_FDCWD, HOSTILE_PATH}},
    {"unlinkat", SYS_unlinkat, {AT_FDCWD, HOSTILE_PATH}},
    {"renameat2", SYS_renameat2, {AT_FDCWD, HOSTILE_PATH, AT_FDCWD, HOSTILE_PATH}},
    {"readlinkat", SYS_readlinkat, {AT_FDCWD, TEXT("/proc/self/exe"), HERE, sizeof place}},
    {"newfstatat", SYS_newfstatat, {AT_FDCWD, TEXT("/etc/passwd"), HERE}},
    {"statx", SYS_statx, {AT_FDCWD, TEXT("/etc/passwd"), 0, 0xfff, HERE}},
    {"faccessat", SYS_faccessat, {AT_FDCWD, TEXT("/etc/passwd"), R_OK}},
    {"fchmodat", SYS_fchmodat, {AT_FDCWD, HOSTILE_PATH, 0777}},
    {"truncate", SYS_truncate, {HOSTILE_PATH, 0}},
    {"statfs", SYS_statfs, {TEXT("/"), HERE}},
    {"chdir", SYS_chdir, {TEXT("/")}},
    {"chroot", SYS_chroot, {TEXT("/")}},
    {"getdents64", SYS_getdents64, {0, HERE, sizeof place}},
    {"inotify_init1", SYS_inotify_init1, {0}},
    {"fanotify_init", SYS_fanotify_init, {0, O_RDONLY}},
    {"landlock_create_ruleset", 444, {0, 0, 1}},
    // Descriptors
    {"read, the replies", SYS_read, {1, HERE, 1}},
    {"read, an inherited descriptor", SYS_read, {3, HERE, 1}},
    {"pread64", SYS_pread64, {3, HERE, 1, 0}},
    {"readv", SYS_readv, {0, HERE, 0}},
    {"write, the requests", SYS_write, {0, HERE, 1}},
    {"write, an inherited descriptor", SYS_write, {3, HERE, 1}},
    {"writev", SYS_writev, {1, HERE, 0}},
    {"pwrite64", SYS_pwrite64, {3, HERE, 1, 0}},
    {"sendfile", SYS_sendfile, {1, 3, 0, 1}},
    {"splice", SYS_splice, {0, 0, 1, 0, 1, 0}},
    {"dup", SYS_dup, {1}},
    {"dup3", SYS_dup3, {1, 7, 0}},
    {"fcntl, a copy", SYS_fcntl, {1, F_DUPFD, 5}},
    {"ioctl", SYS_ioctl, {0, 0x5401, HERE}},
    {"close", SYS_close, {2}},
    {"pipe2", SYS_pipe2, {HERE, 0}},
    {"eventfd2", SYS_eventfd2, {0, 0}},
    {"epoll_create1", SYS_epoll_create1, {0}},
    {"timerfd_create", SYS_timerfd_create, {CLOCK_MONOTONIC, 0}},
    {"signalfd4", SYS_signalfd4, {-1, HERE, 8, 0}},
    {"memfd_create", SYS_memfd_create, {TEXT("x"), 0}},
    {"memfd_secret", 447, {0}},
    {"userfaultfd", SYS_userfaultfd, {1}},
    // The network, and other processes' ways to be spoken to
    {"socket, IPv4", SYS_socket, {AF_INET, SOCK_STREAM, 0}},
    {"socket, IPv6", SYS_socket, {AF_INET6, SOCK_DGRAM, 0}},
    {"socket, local", SYS_socket, {AF_UNIX, SOCK_STREAM, 0}},
    {"socket, netlink", SYS_socket, {AF_NETLINK, SOCK_RAW, 0}},
    {"socketpair", SYS_socketpair, {AF_UNIX, SOCK_STREAM, 0, HERE}},
    {"connect", SYS_connect, {0, HERE, 16}},
    {"recvmsg", SYS_recvmsg, {0, HERE, 0}},
    {"sendmsg", SYS_sendmsg, {1, HERE, 0}},
    {"shmget", SYS_shmget, {0, 4096, 01600}},
    {"msgget", SYS_msgget, {0, 01600}},
    {"semget", SYS_semget, {0, 1, 01600}},
    {"mq_open", SYS_mq_open, {TEXT("x"), O_CREAT | O_RDWR, 0600, 0}},
    // Processes
    {"execve", SYS_execve, {TEXT("/bin/true"), TEXT(no_arguments), 0}},
    {"execveat", SYS_execveat, {AT_FDCWD, TEXT("/bin/true"), TEXT(no_arguments), 0, 0}},
    {"kill, the parent", SYS_kill, {HOSTILE_PARENT, 0}},
    {"kill, everybody", SYS_kill, {-1, 0}},
    {"tgkill, the parent", SYS_tgkill, {HOSTILE_PARENT, HOSTILE_PARENT, 0}},
    {"tkill, the parent", SYS_tkill, {HOSTILE_PARENT, 0}},
    {"rt_sigqueueinfo", SYS_rt_sigqueueinfo, {HOSTILE_PARENT, 0, HERE}},
    {"pidfd_open", SYS_pidfd_open, {HOSTILE_PARENT, 0}},
    {"ptrace, the parent", SYS_ptrace, {16, HOSTILE_PARENT, 0, 0}},
    {"ptrace, to be traced", SYS_ptrace, {0, 0, 0, 0}},
    {"process_vm_readv", SYS_process_vm_readv, {HOSTILE_PARENT, HERE, 1, HERE, 1, 0}},
    {"process_vm_writev", SYS_process_vm_writev, {HOSTILE_PARENT, HERE, 1, HERE, 1, 0}},
    {"kcmp", SYS_kcmp, {HOSTILE_PARENT, HOSTILE_PARENT, 0, 0, 0}},
    {"wait4", SYS_wait4, {-1, 0, 1, 0}},
    {"setpgid", SYS_setpgid, {0, 0}},
    {"setsid", SYS_setsid, {0}},
    {"set_tid_address", SYS_set_tid_address, {HERE}},
    {"setpriority", SYS_setpriority, {PRIO_PROCESS, 0, 5}},
    {"sched_setaffinity", SYS_sched_setaffinity, {0, 8, HERE}},
    {"sched_yield", SYS_sched_yield, {0}},
    // Code, and memory that others share
    {"mmap, code", SYS_mmap, {0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0}},
    {"mmap, code only", SYS_mmap, {0, 4096, PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0}},
    {"mmap, a file", SYS_mmap, {0, 4096, PROT_READ, MAP_PRIVATE, 3, 0}},
    {"mmap, shared", SYS_mmap, {0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0}},
    {"mprotect, code", SYS_mprotect, {HERE, 4096, PROT_READ | PROT_EXEC}},
    {"pkey_mprotect", SYS_pkey_mprotect, {HERE, 4096, PROT_READ | PROT_EXEC, -1}},
    {"madvise, poison", SYS_madvise, {HERE, 4096, 100}},
    {"mlock", SYS_mlock, {HERE, 4096}},
    {"remap_file_pages", SYS_remap_file_pages, {HERE, 4096, 0, 0, 0}},
    // The kernel's larger doors
    {"io_uring_setup", SYS_io_uring_setup, {1, HERE}},
    {"bpf", SYS_bpf, {0, HERE, 48}},
    {"perf_event_open", SYS_perf_event_open, {HERE, 0, -1, -1, 0}},
    {"keyctl", SYS_keyctl, {0, -3, 0}},
    {"add_key", SYS_add_key, {TEXT("user"), TEXT("x"), TEXT("x"), 1, -2}},
    {"unshare", SYS_unshare, {CLONE_NEWUSER}},
    {"setns", SYS_setns, {0, 0}},
    {"mount", SYS_mount, {TEXT("none"), TEXT("/nonexistent"), TEXT("tmpfs"), 0, 0}},
    {"umount2", SYS_umount2, {TEXT("/nonexistent"), 0}},
    {"pivot_root", SYS_pivot_root, {TEXT("/nonexistent"), TEXT("/nonexistent")}},
    {"fsopen", 430, {TEXT("tmpfs"), 0}},
    {"delete_module", SYS_delete_module, {TEXT("nonexistent"), 0}},
    {"reboot", SYS_reboot, {0, 0, 0, 0}},
    {"syslog", SYS_syslog, {10, 0, 0}},
    {"quotactl", SYS_quotactl, {0, 0, 0, 0}},
    {"acct", SYS_acct, {TEXT("/nonexistent")}},
    {"futex, of priority", SYS_futex, {HERE, FUTEX_LOCK_PI, 0, 0, 0, 0}},
    {"futex, requeue", SYS_futex, {HERE, FUTEX_CMP_REQUEUE_PI, 1, 0, HERE, 0}},
    {"membarrier", SYS_membarrier, {0, 0, 0}},
    {"getrandom", SYS_getrandom, {HERE, 8, 0}},
    {"timer_create, another clock", SYS_timer_create, {CLOCK_MONOTONIC, 0, HERE}},
    {"nanosleep", SYS_nanosleep, {HERE, 0}},
    {"clock_settime", SYS_clock_settime, {CLOCK_REALTIME, 0}},
    {"a number that is no call", 9999, {0}},
    // Its own chains
    {"prctl, to be dumpable", SYS_prctl, {PR_SET_DUMPABLE, 1}},
    {"prctl, a name", SYS_prctl, {PR_SET_NAME, TEXT("x")}},
    {"prctl, another filter", SYS_prctl, {PR_SET_SECCOMP, 2, 0}},
    {"seccomp", SYS_seccomp, {1, 0, 0}},
    {"prlimit64, its own", SYS_prlimit64, {0, RLIMIT_NOFILE, HERE, 0}},
    {"prlimit64, of the parent", SYS_prlimit64, {HOSTILE_PARENT, RLIMIT_NOFILE, 0, HERE}},
    {"setrlimit", SYS_setrlimit, {RLIMIT_FSIZE, HERE}},
    {"capset", SYS_capset, {HERE, HERE}},
    {"setuid", SYS_setuid, {0}},
    {"setgroups", SYS_setgroups, {0, 0}},
    {"setfsuid", SYS_setfsuid, {0}},
    {"personality", SYS_personality, {0x0040000}},
    {"umask", SYS_umask, {0}},
#ifdef __x86_64__
    {"open", SYS_open, {TEXT("/etc/passwd"), O_RDONLY}},
    {"creat", SYS_creat, {HOSTILE_PATH, 0600}},
    {"mkdir", SYS_mkdir, {HOSTILE_PATH, 0700}},
    {"rename", SYS_rename, {HOSTILE_PATH, HOSTILE_PATH}},
    {"unlink", SYS_unlink, {HOSTILE_PATH}},
    {"stat", SYS_stat, {TEXT("/etc/passwd"), HERE}},
    {"pipe", SYS_pipe, {HERE}},
    {"dup2", SYS_dup2, {1, 7}},
    {"iopl", SYS_iopl, {3}},
    {"ioperm", SYS_ioperm, {0x80, 1, 1}},
    {"modify_ldt", SYS_modify_ldt, {0, HERE, 8}},
    {"arch_prctl", SYS_arch_prctl, {0x1003, HERE}},
    // The same calls by their x32 numbers
    {"x32 read", SYS_read | 0x40000000, {0, HERE, 0}},
    {"x32 write", SYS_write | 0x40000000, {1, HERE, 0}},
    {"x32 open", SYS_open | 0x40000000, {TEXT("/etc/passwd"), O_RDONLY}},
#endif
    // Conditions of allowed calls, by high halves that the kernel looks at
    {"mmap, code beside high bits", SYS_mmap, {0, 4096, 0x100000000 | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0}},
    {"mprotect, code beside high bits", SYS_mprotect, {HERE, 4096, 0x100000000 | PROT_EXEC}},
};

const size_t hostile_table_count = sizeof hostile_table / sizeof *hostile_table;
#endif

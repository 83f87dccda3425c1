// Starting a worker with exactly the descriptors it is given, and taking from it what it does not need. C, because most of
// these calls are extensions of the GNU library or of Linux that Swift's overlay does not show.
#ifndef CWORKERSHIMS_H
#define CWORKERSHIMS_H

#include <stdint.h>
#include <sys/types.h>

typedef struct plw_child {
    pid_t pid;
    int requests;  // write here: the child's descriptor 0
    int replies;   // read here: the child's descriptor 1
} plw_child;

/// Starts `executable` with an empty environment, descriptors 0 and 1 on pipes, 2 on nothing, `inherited` as 3, 4, ...
/// and no others. Returns 0 or an errno.
int plw_spawn(const char *executable, const int *inherited, int count, plw_child *child);

/// From now on the process ends when nobody holds the other end of descriptor 0 any more, even in the middle of work.
void plw_die_with_parent(void);

/// Lets the stack of the first thread grow to so many bytes, or to as many as the system grants.
void plw_raise_stack_limit(uint64_t bytes);

/// Freed memory stays with the process: a worker gathers columns batch after batch, and pages that went back to the
/// system would have to be cleared and mapped anew each time.
void plw_keep_memory(void);

/// What is not in force after a lock-down: the errno with which the system refused it, 0 for what is.
typedef struct plw_missing {
    int no_new_privileges;   // nothing it could start gains rights
    int hidden_memory;       // no other process of this user can look into it
    int resource_limits;     // no files, no descriptors, no processes, no core dump, bounded address space
    int system_call_filter;  // any other call of the system ends it
} plw_missing;

/// Gives up all that evaluation does not need, for good: the environment, descriptors from 3 on, and what is named in
/// `plw_missing`. `more_address_space` bytes may be mapped beyond what is. No thread may start afterwards.
plw_missing plw_lock_down(uint64_t more_address_space);

/// Seconds of CPU time that a process has used; below 0 where the system does not tell.
double plw_cpu_seconds(pid_t process);

#endif

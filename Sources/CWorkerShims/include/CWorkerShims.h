// Starting a worker with exactly the descriptors it is given. C, because the calls that close everything else are
// extensions of the GNU library that Swift's overlay does not show.
#ifndef CWORKERSHIMS_H
#define CWORKERSHIMS_H

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

/// Freed memory stays with the process: a worker gathers columns batch after batch, and pages that went back to the
/// system would have to be cleared and mapped anew each time.
void plw_keep_memory(void);

/// Seconds of CPU time that a process has used; below 0 where the system does not tell.
double plw_cpu_seconds(pid_t process);

#endif

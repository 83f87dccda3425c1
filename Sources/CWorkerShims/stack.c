// 200 levels of Lua's calls through C need more than the quarter of a megabyte that some systems start processes with.
#include "CWorkerShims.h"

#include <sys/resource.h>

// The system looks at the soft limit when a stack grows, so that it need not be there from the start. Who may do it raises
// the hard limit too.
void plw_raise_stack_limit(uint64_t bytes) {
    struct rlimit bounds;
    if (getrlimit(RLIMIT_STACK, &bounds) != 0 || bounds.rlim_cur >= bytes) return;
    struct rlimit wanted = {.rlim_cur = bytes, .rlim_max = bounds.rlim_max < bytes ? bytes : bounds.rlim_max};
    if (setrlimit(RLIMIT_STACK, &wanted) == 0) return;
    bounds.rlim_cur = bounds.rlim_max;
    setrlimit(RLIMIT_STACK, &bounds);
}

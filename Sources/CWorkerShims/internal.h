// What the files of this room share.
#ifndef CWORKERSHIMS_INTERNAL_H
#define CWORKERSHIMS_INTERNAL_H

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define PLW_SANITIZED 1
#endif
#endif

/// Waits until the thread that watches for the parent's end needs no more of the system than it will always need.
void plw_await_watch(void);

/// Ends the process at any system call but the few that evaluation needs, in all its threads. Returns 0 or an errno.
int plw_filter_system_calls(void);

#endif

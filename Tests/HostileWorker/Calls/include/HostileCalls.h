// What code would try that got loose in a worker: calls of the system, made natively.
#ifndef HOSTILE_CALLS_H
#define HOSTILE_CALLS_H

#include <stddef.h>

/// How many there are.
size_t hostile_count(void);

/// The name of one; they are in no order.
const char *hostile_name(size_t index);

/// Makes the call of this name; `path` is a file to make where it makes one. Gives what the system gave, or a negative
/// errno; -9999 for a name that is not known.
long hostile_call(const char *name, const char *path);

#endif

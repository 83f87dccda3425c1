// Calls as they go to the kernel. Numbers that an architecture does not have are left out.
#ifndef HOSTILE_TABLE_H
#define HOSTILE_TABLE_H

#include <stddef.h>

typedef struct hostile_entry {
    const char *name;
    long number;
    long arguments[6];
} hostile_entry;

extern const hostile_entry hostile_table[];
extern const size_t hostile_table_count;

/// Where an argument stands for the parent's process id, or for the path of a file to make.
enum { HOSTILE_PARENT = -77001, HOSTILE_PATH = -77002 };

#endif

// Debian's Lua raises errors by a jump that ThreadSanitizer does not know, and takes the functions that were left so for ones that
// still run: after some thousands of errors every call costs more than the one before. This puts a jump that it knows in its place.
#include "LuaJumps.h"

#if defined(__linux__) && __has_feature(thread_sanitizer)
#include <setjmp.h>

_Noreturn void __longjmp_chk(jmp_buf buffer, int value);

void __longjmp_chk(jmp_buf buffer, int value) { longjmp(buffer, value); }
#endif

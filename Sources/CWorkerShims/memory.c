#include "CWorkerShims.h"

#ifdef __GLIBC__
#include <malloc.h>

void plw_keep_memory(void) {
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
}
#else
void plw_keep_memory(void) {}
#endif

// The functions scripts see: an allow-list, never the whole of a stock library.
#ifndef CLUALIBRARY_H
#define CLUALIBRARY_H

/// Opens the libraries and leaves the table that every environment inherits from on the stack. May raise: pass it to
/// pl_open, never call it.
int pl_library_open(void *lua_state);

#endif

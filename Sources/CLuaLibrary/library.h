// The pieces of the scripts' library, one file each.
#ifndef PL_LIBRARY_H
#define PL_LIBRARY_H

#include <pl_internal.h>

int pl_lib_pcall(lua_State *L);
int pl_lib_xpcall(lua_State *L);
int pl_lib_tostring(lua_State *L);
int pl_lib_print(lua_State *L);
int pl_lib_rawset(lua_State *L);
int pl_lib_rep(lua_State *L);
int pl_lib_deny_change(lua_State *L);  // raises: the library tables cannot be changed
int pl_lib_setmetatable(lua_State *L);
int pl_lib_getmetatable(lua_State *L);
int pl_lib_pairs(lua_State *L);
int pl_lib_next(lua_State *L);
int pl_lib_sort(lua_State *L);
int pl_lib_format(lua_State *L);  // upvalue 1: the stock string.format

/// Lets go of the table that `next` was asked about last.
void pl_forget_order(lua_State *L);

/// Pushes the text of the value at index, without addresses.
const char *pl_push_text(lua_State *L, int index, size_t *length);

#endif

// The pieces of the scripts' library, one file each.
#ifndef PL_LIBRARY_H
#define PL_LIBRARY_H

#include <pl_internal.h>

// Functions by library, for environment.c.
extern const luaL_Reg pl_calls[];       // calls.c: pcall xpcall error assert select
extern const luaL_Reg pl_values[];      // values.c: type tonumber rawequal rawlen rawget rawset
extern const luaL_Reg pl_texts[];       // tostring.c: tostring print
extern const luaL_Reg pl_strings[];     // strings.c
extern const luaL_Reg pl_patterns[];    // patterns.c: find match gmatch gsub
extern const luaL_Reg pl_packing[];     // pack.c: pack packsize unpack
extern const luaL_Reg pl_tables[];      // tables.c
extern const luaL_Reg pl_utf8[];        // utf8.c
extern const luaL_Reg pl_arithmetic[];  // coercion.c: metamethods of strings

int pl_lib_format(lua_State *L);       // format.c
int pl_lib_sort(lua_State *L);         // sort.c
int pl_lib_require(lua_State *L);      // modules.c

/// Whether the table at index stands for a library's, and the error of changing it.
bool pl_is_stand_in(lua_State *L, int index);
int pl_deny_change(lua_State *L);

/// Sets setmetatable and getmetatable in the table on top of the stack.
void pl_open_metatables(lua_State *L);
/// Whether the table is a metatable and the key names a field that no metatable may have.
bool pl_is_kept_out(lua_State *L, int table, int key);
/// The table, key and value at indices 1 to 3 are about to be set raw: tells a table that is its own metatable.
void pl_tell_own_copy(lua_State *L);

/// Sets ipairs, next and pairs in the table on top of the stack.
void pl_open_iteration(lua_State *L);
/// Lets go of the table that `next` was asked about last.
void pl_forget_order(lua_State *L);

/// layout.c: whether a table surely has no hashed keys. Ask only where the layout of tables is known.
bool pl_lacks_hash(lua_State *L, int index);
bool pl_layout_is_known(lua_State *L);

/// Whether a table surely has the keys 1 to `length` and no others, where that is what Lua says its length is.
bool pl_is_full_list(lua_State *L, int index, lua_Integer length);

/// Pushes the text of the value at index, without addresses.
const char *pl_push_text(lua_State *L, int index, size_t *length);

/// The pattern of UTF-8 characters; it holds a zero byte.
#define PL_UTF8_PATTERN "[\0-\x7F\xC2-\xFD][\x80-\xBF]*"

/// Where `piece` begins in `text`, or null; linear time, billed as it goes.
const char *pl_find_plain(lua_State *L, const char *text, size_t length, const char *piece, size_t piece_length);

/// Places from 1, counted from the end when negative, as those of a text of this length.
static inline size_t pl_place_from_start(lua_Integer place, size_t length) {
    if (place > 0) return (size_t)place;
    if (place == 0 || place < -(lua_Integer)length) return 1;
    return length + (size_t)place + 1;
}

static inline size_t pl_place_of_end(lua_Integer place, size_t length) {
    if (place > (lua_Integer)length) return length;
    if (place >= 0) return (size_t)place;
    return place < -(lua_Integer)length ? 0 : length + (size_t)place + 1;
}

/// Bills `bytes` that are about to be copied, compared or looked at.
static inline void pl_spend_bytes(lua_State *L, size_t bytes) { pl_spend(L, bytes / 16); }

#endif

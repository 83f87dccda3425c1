// Whether a table has hashed keys. Lua's interface does not say; without it every loop over a list would first have to
// look at all keys. So fields of Lua's own table are read (never written), where a trial shows that they are where they
// are expected: in every Lua 5.4. Elsewhere the answer is always "perhaps".
#include "library.h"

#include <string.h>

#if LUA_VERSION_NUM == 504

// The head of a table in Lua 5.4.
typedef struct table_head {
    void *next;
    unsigned char type, mark, flags, hash_size;
    unsigned int list_size;
    void *list, *hash;
    void *last_free;  // null where there are no hashed keys
    void *metatable;
} table_head;

static table_head head_of(lua_State *L, int index) {
    table_head head;
    memcpy(&head, lua_topointer(L, index), sizeof head);
    return head;
}

bool pl_lacks_hash(lua_State *L, int index) { return head_of(L, index).last_free == NULL; }

// In a list's size the highest flag says that the size is a hint only.
enum { size_is_a_hint = 1 << 7 };

bool pl_is_full_list(lua_State *L, int index, lua_Integer length) {
    table_head head = head_of(L, index);
    return head.last_free == NULL && (head.flags & size_is_a_hint) == 0 && (lua_Integer)head.list_size == length;
}

// A new table, one with a list, one with a field, one that has both and a metatable.
bool pl_layout_is_known(lua_State *L) {
    int top = lua_gettop(L);
    bool known = true;
    for (int trial = 0; trial < 4; trial++) {
        lua_createtable(L, trial & 1 ? 3 : 0, 0);
        for (int i = 1; i <= 3 && (trial & 1); i++) {
            lua_pushboolean(L, 1);
            lua_rawseti(L, -2, i);
        }
        if (trial & 2) {
            lua_pushboolean(L, 1);
            lua_setfield(L, -2, "field");
        }
        known = known && pl_lacks_hash(L, -1) == !(trial & 2) && head_of(L, -1).metatable == NULL;
        known = known && pl_is_full_list(L, -1, trial & 1 ? 3 : 0) == !(trial & 2);
    }
    lua_newtable(L);
    const void *metatable = lua_topointer(L, -1);
    lua_setmetatable(L, -2);
    known = known && head_of(L, -1).metatable == metatable;
    lua_settop(L, top);
    return known;
}

#else

bool pl_lacks_hash(lua_State *L, int index) { return (void)L, (void)index, false; }
bool pl_is_full_list(lua_State *L, int index, lua_Integer length) { return (void)L, (void)index, (void)length, false; }
bool pl_layout_is_known(lua_State *L) { return (void)L, false; }

#endif

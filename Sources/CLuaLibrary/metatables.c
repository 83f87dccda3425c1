// setmetatable and getmetatable.
//
// Some fields a metatable must never have: finalizers (__gc) run with hooks off, weak tables (__mode) meet bugs of Lua
// under a memory cap, __close runs while a stop unwinds, and where __concat is called with further operands waiting, Lua
// 5.4.4 goes on with the stack as it was before, though the call may have moved it. A table that becomes a metatable
// loses them and gets a guard: a metatable of its own, out of the script's sight, whose __newindex lets nobody put them
// in later. Otherwise it is what Lua uses, and what the script changes in it counts at once.
//
// __call is another matter: Lua follows a chain of __call fields that are no functions in a loop no hook interrupts,
// moving all arguments at every turn. So a table that has __call is copied when it becomes a metatable, with a function
// in that place, and the copy is what Lua uses.
#include "library.h"

#include <string.h>

// In a private metatable (a guard or a copy): what getmetatable answers, false for nil. And whether it is a guard.
static const char original_key = 0, guard_key = 0;

static const char *const forbidden_fields[] = {"__gc", "__mode", "__close", "__name", "__concat"};
enum { forbidden_count = sizeof forbidden_fields / sizeof *forbidden_fields };

static bool is_forbidden(const char *name) {
    if (name[0] != '_' || name[1] != '_') return false;
    for (int i = 0; i < forbidden_count; i++)
        if (strcmp(forbidden_fields[i], name) == 0) return true;
    return false;
}

static bool is_private(lua_State *L, int metatable, const void *key) {
    bool found = lua_rawgetp(L, metatable, key) != LUA_TNIL;
    lua_pop(L, 1);
    return found;
}

static bool has_guard(lua_State *L, int table) {
    if (!lua_getmetatable(L, table)) return false;
    bool guarded = is_private(L, -1, &guard_key);
    lua_pop(L, 1);
    return guarded;
}

// Whether a key may not be set in a table with a guard; for __call it is an error, since it would be missed.
static bool is_kept_out(lua_State *L, int key) {
    if (lua_type(L, key) != LUA_TSTRING) return false;
    const char *name = lua_tostring(L, key);
    if (strcmp(name, "__call") == 0) luaL_error(L, "'__call' must be there before the table becomes a metatable");
    return is_forbidden(name);
}

bool pl_is_kept_out(lua_State *L, int table, int key) { return has_guard(L, table) && is_kept_out(L, key); }

// A table that is its own metatable has a copy of itself as guard: what Lua looks for goes there, too. Only new fields
// come by here, and what rawset sets; a plain assignment to a field that is there already is Lua's own.
void pl_tell_own_copy(lua_State *L) {
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    if (name[0] != '_' || name[1] != '_' || !lua_getmetatable(L, 1)) return;
    if (is_private(L, 4, &guard_key) && lua_rawgetp(L, 4, &original_key) == LUA_TTABLE && lua_rawequal(L, 1, 5)) {
        lua_pushvalue(L, 2);
        if (strcmp(name, "__newindex") == 0) {
            lua_rawget(L, 4);
            lua_pushvalue(L, 3);
            lua_setupvalue(L, -2, 1);
        } else {
            lua_pushvalue(L, 3);
            lua_rawset(L, 4);
        }
    }
    lua_settop(L, 3);
}

// The __newindex of guards. upvalue 1: what the table's own metatable has there, or nil
static int guard_assignment(lua_State *L) {
    if (is_kept_out(L, 2)) return 0;
    switch (lua_type(L, lua_upvalueindex(1))) {
    case LUA_TNIL:
        pl_tell_own_copy(L);
        lua_rawset(L, 1);
        return 0;
    case LUA_TFUNCTION:
        lua_pushvalue(L, lua_upvalueindex(1));
        lua_insert(L, 1);
        lua_call(L, 3, 0);
        return 0;
    default: lua_settable(L, lua_upvalueindex(1)); return 0;
    }
}

// upvalue 1: a value with a __call of its own
static int call_value(lua_State *L) {
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

// Pushes a private copy of the metatable at `index`: the fields that Lua knows, and whose copy it is.
static void push_copy(lua_State *L, int index) {
    lua_newtable(L);
    int copy = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, index) != 0;) {
        pl_spend(L, 1);
        const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";
        if (name[0] != '_' || name[1] != '_' || is_forbidden(name)) {
            lua_pop(L, 1);
            continue;
        }
        if (strcmp(name, "__call") == 0 && lua_type(L, -1) != LUA_TFUNCTION) lua_pushcclosure(L, call_value, 1);
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, copy);
    }
    if (lua_rawgetp(L, index, &original_key) == LUA_TNIL) lua_pushvalue(L, index);
    lua_rawsetp(L, copy, &original_key);
    lua_settop(L, copy);
}

// Makes the table on top of the stack a guard.
static void make_guard(lua_State *L) {
    lua_pushliteral(L, "__newindex");
    lua_pushvalue(L, -1);
    lua_rawget(L, -3);
    lua_pushcclosure(L, guard_assignment, 1);
    lua_rawset(L, -3);
    lua_pushboolean(L, 1);
    lua_rawsetp(L, -2, &guard_key);
}

static void strip(lua_State *L, int table) {
    for (int i = 0; i < forbidden_count; i++) {
        lua_pushstring(L, forbidden_fields[i]);
        lua_pushnil(L);
        lua_rawset(L, table);
    }
}

// Sees to it that the table at index 2 can be a metatable as it is; false for one that has to be copied. A table that
// has a guard has no __call.
static bool seal(lua_State *L) {
    bool has_metatable = lua_getmetatable(L, 2);
    if (has_metatable && (lua_rawequal(L, -1, lua_upvalueindex(1)) || is_private(L, -1, &guard_key))) return true;
    lua_pushliteral(L, "__call");
    if (lua_rawget(L, 2) != LUA_TNIL || pl_is_stand_in(L, 2)) return false;
    strip(L, 2);
    if (has_metatable) {
        push_copy(L, 3);
        make_guard(L);
    } else {
        lua_pushvalue(L, lua_upvalueindex(1));
    }
    lua_setmetatable(L, 2);
    return true;
}

// Whether the table at index 1 has a guard. What its metatable protects is an error.
static bool check_old_metatable(lua_State *L) {
    if (!lua_getmetatable(L, 1)) return false;
    lua_pushliteral(L, "__metatable");
    if (lua_rawget(L, 3) != LUA_TNIL) luaL_error(L, "cannot change a protected metatable");
    return is_private(L, 3, &guard_key);
}

// What scripts do most: a table without a metatable gets one that has been a metatable before.
static bool set_known(lua_State *L) {
    if (lua_gettop(L) != 2 || lua_type(L, 1) != LUA_TTABLE) return false;
    if (lua_getmetatable(L, 1) || !lua_getmetatable(L, 2)) return false;
    if (!lua_rawequal(L, 3, lua_upvalueindex(1)) && lua_rawgetp(L, 3, &guard_key) == LUA_TNIL) return false;
    lua_settop(L, 2);
    lua_setmetatable(L, 1);
    return true;
}

// upvalue 1: the guard of tables that have no metatable of their own
static int base_setmetatable(lua_State *L) {
    int type = lua_type(L, 2);
    if (type == LUA_TTABLE && set_known(L)) return 1;
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
    lua_settop(L, 2);
    bool guarded = check_old_metatable(L);
    lua_settop(L, 2);
    bool live = type == LUA_TTABLE && seal(L);
    guarded = guarded || (live && lua_rawequal(L, 1, 2));  // it has become guarded just now
    lua_settop(L, 2);
    if (type == LUA_TNIL) {
        if (guarded) lua_pushvalue(L, lua_upvalueindex(1));
    } else if (guarded || !live) {
        push_copy(L, 2);
        if (guarded) make_guard(L);
    }
    lua_setmetatable(L, 1);
    lua_settop(L, 1);
    return 1;
}

// upvalue 1: the name of the field
static int base_getmetatable(lua_State *L) {
    luaL_checkany(L, 1);
    if (!lua_getmetatable(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    if (lua_rawget(L, -2) != LUA_TNIL) return 1;
    lua_pop(L, 1);
    if (lua_rawgetp(L, -1, &original_key) == LUA_TNIL) lua_pop(L, 1);
    else if (!lua_toboolean(L, -1)) lua_pushnil(L);
    return 1;
}

void pl_open_metatables(lua_State *L) {
    lua_newtable(L);
    make_guard(L);
    lua_pushboolean(L, 0);
    lua_rawsetp(L, -2, &original_key);
    lua_pushcclosure(L, base_setmetatable, 1);
    lua_setfield(L, -2, "setmetatable");
    lua_pushliteral(L, "__metatable");
    lua_pushcclosure(L, base_getmetatable, 1);
    lua_setfield(L, -2, "getmetatable");
}

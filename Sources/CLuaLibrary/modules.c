// require: the modules that were sent with a script, and no others. Each is run in an environment of its own, once for
// every instance of the script; what it returns is kept for that instance.
#include "library.h"

#include <string.h>

// Raises "a.x requires b.y requires a.x" where the module is at work already.
static void refuse_cycle(lua_State *L, const pl_sandbox *sandbox, const char *name) {
    int first = 0;
    while (first < sandbox->requiring_count && strcmp(sandbox->requiring[first], name) != 0) first++;
    if (first == sandbox->requiring_count) return;
    luaL_checkstack(L, PL_MAX_REQUIRING * 2 + 2, NULL);
    int pieces = 0;
    for (int i = first; i < sandbox->requiring_count; i++, pieces += 2) {
        lua_pushstring(L, sandbox->requiring[i]);
        lua_pushliteral(L, " requires ");
    }
    lua_pushstring(L, name);
    lua_concat(L, pieces + 1);
    luaL_error(L, "modules go round in a circle: %s", lua_tostring(L, -1));
}

// Runs the chunk on top of the stack in a new environment and leaves what it returns.
static void run_module(lua_State *L, const pl_sandbox *sandbox) {
    lua_getfield(L, LUA_REGISTRYINDEX, "plumbline.environment");
    lua_rawgeti(L, LUA_REGISTRYINDEX, sandbox->base_ref);
    lua_call(L, 1, 1);
    lua_setupvalue(L, -2, 1);
    lua_call(L, 0, 1);
}

// Pushes the field of a table in the registry under the name at index 1.
static int push_field(lua_State *L, int table) {
    if (lua_rawgeti(L, LUA_REGISTRYINDEX, table) != LUA_TTABLE) return LUA_TNIL;
    lua_pushvalue(L, 1);
    int type = lua_rawget(L, -2);
    lua_remove(L, -2);
    return type;
}

int pl_lib_require(lua_State *L) {
    pl_sandbox *sandbox = pl_of(L);
    const char *name = luaL_checkstring(L, 1);
    lua_settop(L, 1);
    pl_spend(L, 32);
    if (push_field(L, sandbox->loaded_ref) != LUA_TNIL) return 1;
    lua_settop(L, 1);
    if (push_field(L, sandbox->modules_ref) != LUA_TFUNCTION)
        return luaL_error(L, "no module `%s` came with this script: modules are found by `require \"plugin.name\"`, "
                             "written so, before anything runs", name);
    refuse_cycle(L, sandbox, name);
    if (sandbox->requiring_count == PL_MAX_REQUIRING)
        return luaL_error(L, "modules require one another more than %d deep", PL_MAX_REQUIRING);
    sandbox->requiring[sandbox->requiring_count++] = name;
    run_module(L, sandbox);
    sandbox->requiring_count--;
    if (lua_isnil(L, -1))
        return luaL_error(L, "the module `%s` returns nothing: end it with `return` and a table of functions", name);
    lua_rawgeti(L, LUA_REGISTRYINDEX, sandbox->loaded_ref);
    lua_pushvalue(L, 1);
    lua_pushvalue(L, -3);
    lua_rawset(L, -3);
    lua_pop(L, 1);
    return 1;
}

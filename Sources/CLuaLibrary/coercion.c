// Arithmetic on strings that hold numbers: the metamethods of strings.
#include "library.h"

// Pushes the value at index as a number, when it is one or a string that reads as one.
static bool push_number(lua_State *L, int index) {
    if (lua_type(L, index) == LUA_TNUMBER) {
        lua_pushvalue(L, index);
        return true;
    }
    size_t length;
    const char *text = lua_tolstring(L, index, &length);
    return text != NULL && lua_stringtonumber(L, text) == length + 1;
}

// The second operand may know better what to do with a string.
static int ask_other_operand(lua_State *L, const char *event) {
    lua_settop(L, 2);
    if (lua_type(L, 2) == LUA_TSTRING || !luaL_getmetafield(L, 2, event))
        return luaL_error(L, "attempt to %s a '%s' with a '%s'", event + 2, luaL_typename(L, -2), luaL_typename(L, -1));
    lua_insert(L, -3);
    lua_call(L, 2, 1);
    return 1;
}

static int compute(lua_State *L, int operation, const char *event) {
    if (!push_number(L, 1) || !push_number(L, 2)) return ask_other_operand(L, event);
    lua_arith(L, operation);
    return 1;
}

static int add(lua_State *L) { return compute(L, LUA_OPADD, "__add"); }
static int subtract(lua_State *L) { return compute(L, LUA_OPSUB, "__sub"); }
static int multiply(lua_State *L) { return compute(L, LUA_OPMUL, "__mul"); }
static int modulo(lua_State *L) { return compute(L, LUA_OPMOD, "__mod"); }
static int power(lua_State *L) { return compute(L, LUA_OPPOW, "__pow"); }
static int divide(lua_State *L) { return compute(L, LUA_OPDIV, "__div"); }
static int divide_whole(lua_State *L) { return compute(L, LUA_OPIDIV, "__idiv"); }
static int negate(lua_State *L) { return compute(L, LUA_OPUNM, "__unm"); }

const luaL_Reg pl_arithmetic[] = {
    {"__add", add},    {"__sub", subtract}, {"__mul", multiply},      {"__mod", modulo}, {"__pow", power},
    {"__div", divide}, {"__unm", negate},   {"__idiv", divide_whole}, {NULL, NULL},
};

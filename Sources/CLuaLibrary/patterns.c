// string.find, match, gmatch, gsub.
#include "pattern.h"
#include "text.h"

static bool is_plain(const char *pattern, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (memchr("^$*+?.([%-", pattern[i], 10) != NULL) return false;
    return true;
}

// The place where a search begins, from 0; false when it lies behind the text.
static bool read_start(lua_State *L, int index, size_t length, size_t *start) {
    *start = pl_place_from_start(luaL_optinteger(L, index, 1), length) - 1;
    return *start <= length;
}

static int push_place(lua_State *L, size_t start, size_t length) {
    lua_pushinteger(L, (lua_Integer)start + 1);
    lua_pushinteger(L, (lua_Integer)(start + length));
    return 2;
}

static int find_plain(lua_State *L, const char *text, size_t length, const char *piece, size_t size, size_t start) {
    const char *found = pl_find_plain(L, text + start, length - start, piece, size);
    if (found != NULL) return push_place(L, (size_t)(found - text), size);
    lua_pushnil(L);
    return 1;
}

static int find_or_match(lua_State *L, bool find) {
    size_t length, size, start;
    const char *text = luaL_checklstring(L, 1, &length), *source = luaL_checklstring(L, 2, &size);
    if (!read_start(L, 3, length, &start)) {
        lua_pushnil(L);
        return 1;
    }
    pl_spend_bytes(L, size);
    if (find && (lua_toboolean(L, 4) || is_plain(source, size)))
        return find_plain(L, text, length, source, size, start);
    bool anchored = size > 0 && *source == '^';
    pl_pattern pattern;
    pl_read_pattern(L, &pattern, source + anchored, size - anchored);
    pl_matcher matcher;
    pl_begin_match(&matcher, L, text, length);
    const char *from = text + start;
    const char *to = anchored ? pl_match_at(&matcher, from, pattern.items)
                              : pl_match_from(&matcher, &from, pattern.items);
    pl_bill_steps(&matcher);
    if (to == NULL) {
        lua_pushnil(L);
        return 1;
    }
    if (!find) return pl_push_captures(&matcher, from, to);
    push_place(L, (size_t)(from - text), (size_t)(to - from));
    return 2 + pl_push_captures(&matcher, NULL, NULL);
}

static int string_find(lua_State *L) { return find_or_match(L, true); }
static int string_match(lua_State *L) { return find_or_match(L, false); }

typedef struct walk {
    pl_pattern pattern;
    size_t next;       // where the search goes on
    size_t last_end;   // where the last match ended: no empty match may end there again
} walk;

// upvalues: text, pattern, the walk, and what a long pattern needs
static int next_match(lua_State *L) {
    size_t length;
    const char *text = lua_tolstring(L, lua_upvalueindex(1), &length);
    walk *w = lua_touserdata(L, lua_upvalueindex(3));
    pl_matcher matcher;
    pl_begin_match(&matcher, L, text, length);
    for (size_t next = w->next; next <= length; next++) {
        const char *from = text + next, *to = pl_match_from(&matcher, &from, w->pattern.items);
        if (to == NULL) break;
        if ((size_t)(to - text) == w->last_end) {
            next = (size_t)(from - text);
            continue;
        }
        w->next = w->last_end = (size_t)(to - text);
        pl_bill_steps(&matcher);
        return pl_push_captures(&matcher, from, to);
    }
    w->next = length + 1;
    pl_bill_steps(&matcher);
    return 0;
}

static int string_gmatch(lua_State *L) {
    size_t length, size, start;
    luaL_checklstring(L, 1, &length);
    const char *source = luaL_checklstring(L, 2, &size);
    if (!read_start(L, 3, length, &start)) start = length + 1;
    lua_settop(L, 2);
    walk *w = lua_newuserdatauv(L, sizeof *w, 0);
    w->next = start;
    w->last_end = SIZE_MAX;
    pl_read_pattern(L, &w->pattern, source, size);
    lua_settop(L, 4);
    lua_pushcclosure(L, next_match, 4);
    return 1;
}

typedef struct substitution {
    pl_matcher matcher;
    pl_text out;
    int kind;             // the type of the replacement, at index 3
    const char *template; // the replacement when it is a text
    size_t template_length;
    bool has_captures;
} substitution;

// Adds the template with %0...%9 filled in.
static void add_template(substitution *s, const char *from, const char *to) {
    pl_spend_bytes(s->matcher.L, s->template_length);
    if (!s->has_captures) {
        pl_text_add(&s->out, s->template, s->template_length);
        return;
    }
    const char *at = s->template, *end = at + s->template_length;
    for (const char *mark; (mark = memchr(at, '%', (size_t)(end - at))) != NULL; at = mark + 2) {
        pl_text_add(&s->out, at, (size_t)(mark - at));
        char name = mark + 1 < end ? mark[1] : 0;
        if (name == '%') {
            pl_text_add_byte(&s->out, '%');
        } else if (name == '0') {
            pl_spend_bytes(s->matcher.L, (size_t)(to - from));
            pl_text_add(&s->out, from, (size_t)(to - from));
        } else if (name >= '1' && name <= '9') {
            pl_push_capture(&s->matcher, name - '1', from, to);
            pl_text_add_value(&s->out);
        } else {
            luaL_error(s->matcher.L, "invalid use of '%%' in replacement string");
        }
    }
    pl_text_add(&s->out, at, (size_t)(end - at));
}

// Adds what the table or the function at index 3 has for the match; nil and false keep the match.
static void add_answer(substitution *s, const char *from, const char *to) {
    lua_State *L = s->matcher.L;
    if (s->kind == LUA_TTABLE) {
        pl_push_capture(&s->matcher, 0, from, to);
        lua_gettable(L, 3);
    } else {
        lua_pushvalue(L, 3);
        lua_call(L, pl_push_captures(&s->matcher, from, to), 1);
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        pl_text_add(&s->out, from, (size_t)(to - from));
        return;
    }
    if (!lua_isstring(L, -1)) luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    pl_text_add_value(&s->out);
}

static lua_Integer substitute(substitution *s, const pl_item *items, bool anchored, lua_Integer most) {
    lua_Integer count = 0;
    const char *at = s->matcher.text, *last_end = NULL, *kept = at;  // from `kept` on nothing is copied yet
    while (count < most) {
        const char *from = at;
        const char *to = anchored ? pl_match_at(&s->matcher, from, items) : pl_match_from(&s->matcher, &from, items);
        if (to == NULL) break;
        if (to == last_end) {  // an empty match right behind the last one
            at = from + 1;
            if (at > s->matcher.end) break;
            continue;
        }
        count++;
        pl_bill_steps(&s->matcher);
        pl_spend_bytes(s->matcher.L, (size_t)(from - kept));
        pl_text_add(&s->out, kept, (size_t)(from - kept));
        if (s->kind == LUA_TSTRING) add_template(s, from, to);
        else add_answer(s, from, to);
        kept = at = last_end = to;
        if (anchored) break;
    }
    pl_bill_steps(&s->matcher);
    pl_text_add(&s->out, kept, (size_t)(s->matcher.end - kept));
    return count;
}

static int string_gsub(lua_State *L) {
    size_t length, size;
    const char *text = luaL_checklstring(L, 1, &length), *source = luaL_checklstring(L, 2, &size);
    substitution s;  // not cleared: it is large
    s.kind = lua_type(L, 3);
    lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)length + 1);
    if (s.kind == LUA_TNUMBER) s.kind = LUA_TSTRING;
    luaL_argexpected(L, s.kind == LUA_TSTRING || s.kind == LUA_TTABLE || s.kind == LUA_TFUNCTION, 3,
                     "string/function/table");
    lua_settop(L, 3);
    bool anchored = size > 0 && *source == '^';
    pl_pattern pattern;
    pl_read_pattern(L, &pattern, source + anchored, size - anchored);
    pl_begin_match(&s.matcher, L, text, length);
    pl_text_open(L, &s.out);
    if (s.kind == LUA_TSTRING) {
        s.template = lua_tolstring(L, 3, &s.template_length);
        s.has_captures = memchr(s.template, '%', s.template_length) != NULL;
    }
    lua_Integer count = substitute(&s, pattern.items, anchored, most);
    if (count == 0) lua_pushvalue(L, 1);
    else pl_text_push(&s.out);
    lua_pushinteger(L, count);
    return 2;
}

const luaL_Reg pl_patterns[] = {
    {"find", string_find}, {"gmatch", string_gmatch}, {"gsub", string_gsub}, {"match", string_match}, {NULL, NULL},
};

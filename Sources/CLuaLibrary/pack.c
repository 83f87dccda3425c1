// string.pack, packsize, unpack.
#include "text.h"

#include <limits.h>

enum { largest_integer = 16, native_alignment = 8 };

typedef enum option_kind {
    signed_integer, unsigned_integer, single_float, double_float,  // numbers
    fixed_text, counted_text, zero_text,                           // texts
    padding_byte, alignment_only, nothing,                         // no values
} option_kind;

typedef struct layout {
    lua_State *L;
    const char *at;   // the next option
    size_t total;     // bytes so far
    int most_aligned;
    bool big_endian;
} layout;

typedef struct option {
    option_kind kind;
    size_t size;
    size_t padding;  // bytes before it
} option;

static void begin(layout *l, lua_State *L, const char *format, size_t length) {
    pl_spend(L, length);
    *l = (layout){.L = L, .at = format, .most_aligned = 1};
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    l->big_endian = true;
#endif
}

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

// Reads a number as long as it fits an int.
static int read_number(layout *l, int otherwise) {
    if (!is_digit(*l->at)) return otherwise;
    int number = 0;
    do number = number * 10 + (*l->at++ - '0');
    while (is_digit(*l->at) && number <= (INT_MAX - 9) / 10);
    return number;
}

static size_t read_integer_size(layout *l, int otherwise) {
    int size = read_number(l, otherwise);
    if (size < 1 || size > largest_integer)
        luaL_error(l->L, "integral size (%d) out of limits [1,%d]", size, largest_integer);
    return (size_t)size;
}

static size_t read_text_size(layout *l) {
    int size = read_number(l, -1);
    if (size < 0) luaL_error(l->L, "missing size for format option 'c'");
    return (size_t)size;
}

static void set_order(layout *l, char order) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    l->big_endian = order != '<';
#else
    l->big_endian = order == '>';
#endif
}

static option read_plain_option(layout *l) {
    char letter = *l->at++;
    switch (letter) {
    case 'b': return (option){signed_integer, sizeof(char), 0};
    case 'B': return (option){unsigned_integer, sizeof(char), 0};
    case 'h': return (option){signed_integer, sizeof(short), 0};
    case 'H': return (option){unsigned_integer, sizeof(short), 0};
    case 'l': return (option){signed_integer, sizeof(long), 0};
    case 'L': return (option){unsigned_integer, sizeof(long), 0};
    case 'j': return (option){signed_integer, sizeof(lua_Integer), 0};
    case 'J': return (option){unsigned_integer, sizeof(lua_Integer), 0};
    case 'T': return (option){unsigned_integer, sizeof(size_t), 0};
    case 'i': return (option){signed_integer, read_integer_size(l, sizeof(int)), 0};
    case 'I': return (option){unsigned_integer, read_integer_size(l, sizeof(int)), 0};
    case 'f': return (option){single_float, sizeof(float), 0};
    case 'd': case 'n': return (option){double_float, sizeof(double), 0};
    case 's': return (option){counted_text, read_integer_size(l, sizeof(size_t)), 0};
    case 'c': return (option){fixed_text, read_text_size(l), 0};
    case 'z': return (option){zero_text, 0, 0};
    case 'x': return (option){padding_byte, 1, 0};
    case 'X': return (option){alignment_only, 0, 0};
    case '!': l->most_aligned = (int)read_integer_size(l, native_alignment); break;
    case '<': case '>': case '=': set_order(l, letter); break;
    case ' ': break;
    default: luaL_error(l->L, "invalid format option '%c'", letter);
    }
    return (option){nothing, 0, 0};
}

// Reads one option and how far it must be moved to be aligned; `X` is aligned like the option behind it.
static option read_option(layout *l) {
    option o = read_plain_option(l);
    size_t alignment = o.size;
    if (o.kind == alignment_only) {
        option next = {nothing, 0, 0};
        if (*l->at != 0) next = read_plain_option(l);
        alignment = next.size;
        if (next.kind == fixed_text || alignment == 0)
            luaL_argerror(l->L, 1, "invalid next option for option 'X'");
    }
    if (alignment <= 1 || o.kind == fixed_text) return o;
    if (alignment > (size_t)l->most_aligned) alignment = (size_t)l->most_aligned;
    luaL_argcheck(l->L, (alignment & (alignment - 1)) == 0, 1, "format asks for alignment not power of 2");
    o.padding = (alignment - (l->total & (alignment - 1))) & (alignment - 1);
    return o;
}

// Bytes of the machine's own order to those of the layout, or back.
static void copy_in_order(const layout *l, char *to, const char *from, size_t size) {
    bool reverse = l->big_endian != (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__);
    for (size_t i = 0; i < size; i++) to[i] = from[reverse ? size - 1 - i : i];
}

static void add_integer(const layout *l, pl_text *text, lua_Unsigned value, size_t size, bool negative) {
    char *to = pl_text_room(text, size);
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = i < 8 ? (unsigned char)(value >> 8 * i) : negative ? 0xFF : 0;
        to[l->big_endian ? size - 1 - i : i] = (char)byte;
    }
    text->length += size;
}

static void add_zeros(pl_text *text, size_t count) {
    pl_spend_bytes(text->L, count);
    memset(pl_text_room(text, count), 0, count);
    text->length += count;
}

static void pack_number(layout *l, pl_text *text, const option *o, int argument) {
    if (o->kind == single_float || o->kind == double_float) {
        double number = luaL_checknumber(l->L, argument);
        float single = (float)number;
        bool small = o->kind == single_float;
        copy_in_order(l, pl_text_room(text, 8), small ? (const char *)&single : (const char *)&number, o->size);
        text->length += o->size;
        return;
    }
    lua_Integer value = luaL_checkinteger(l->L, argument);
    if (o->size < sizeof value && o->kind == signed_integer) {
        lua_Integer limit = (lua_Integer)1 << (o->size * 8 - 1);
        luaL_argcheck(l->L, -limit <= value && value < limit, argument, "integer overflow");
    } else if (o->size < sizeof value) {
        luaL_argcheck(l->L, (lua_Unsigned)value < (lua_Unsigned)1 << o->size * 8, argument, "unsigned overflow");
    }
    add_integer(l, text, (lua_Unsigned)value, o->size, o->kind == signed_integer && value < 0);
}

static void pack_text(layout *l, pl_text *text, const option *o, int argument) {
    size_t length;
    const char *value = luaL_checklstring(l->L, argument, &length);
    pl_spend_bytes(l->L, length);
    switch (o->kind) {
    case fixed_text:
        luaL_argcheck(l->L, length <= o->size, argument, "string longer than given size");
        pl_text_add(text, value, length);
        add_zeros(text, o->size - length);
        return;
    case counted_text:
        luaL_argcheck(l->L, o->size >= sizeof(size_t) || length < (size_t)1 << o->size * 8, argument,
                      "string length does not fit in given size");
        add_integer(l, text, length, o->size, false);
        pl_text_add(text, value, length);
        l->total += length;
        return;
    default:
        luaL_argcheck(l->L, memchr(value, 0, length) == NULL, argument, "string contains zeros");
        pl_text_add(text, value, length);
        pl_text_add_byte(text, 0);
        l->total += length + 1;
    }
}

static int string_pack(lua_State *L) {
    size_t length;
    const char *format = luaL_checklstring(L, 1, &length);
    layout l;
    begin(&l, L, format, length);
    pl_text text;
    pl_text_open(L, &text);
    for (int argument = 2; *l.at != 0;) {
        option o = read_option(&l);
        l.total += o.padding + o.size;
        add_zeros(&text, o.padding);
        if (o.kind <= double_float) pack_number(&l, &text, &o, argument++);
        else if (o.kind <= zero_text) pack_text(&l, &text, &o, argument++);
        else add_zeros(&text, o.size);
    }
    pl_text_push(&text);
    return 1;
}

static int string_packsize(lua_State *L) {
    size_t length;
    const char *format = luaL_checklstring(L, 1, &length);
    layout l;
    begin(&l, L, format, length);
    while (*l.at != 0) {
        option o = read_option(&l);
        luaL_argcheck(L, o.kind != counted_text && o.kind != zero_text, 1, "variable-length format");
        luaL_argcheck(L, l.total <= INT_MAX - (o.padding + o.size), 1, "format result too large");
        l.total += o.padding + o.size;
    }
    lua_pushinteger(L, (lua_Integer)l.total);
    return 1;
}

static lua_Unsigned read_integer(const layout *l, const char *from, size_t size, bool is_signed) {
    lua_Unsigned value = 0;
    for (size_t i = size < 8 ? size : 8; i-- > 0;)
        value = value << 8 | (unsigned char)from[l->big_endian ? size - 1 - i : i];
    if (size < 8 && is_signed) {
        lua_Unsigned sign = (lua_Unsigned)1 << (size * 8 - 1);
        return (value ^ sign) - sign;
    }
    unsigned char rest = is_signed && (lua_Integer)value < 0 ? 0xFF : 0;
    for (size_t i = 8; i < size; i++)
        if ((unsigned char)from[l->big_endian ? size - 1 - i : i] != rest)
            luaL_error(l->L, "%d-byte integer does not fit into Lua Integer", (int)size);
    return value;
}

static void unpack_number(const layout *l, const char *from, const option *o) {
    float single;
    double number;
    switch (o->kind) {
    case single_float:
        copy_in_order(l, (char *)&single, from, sizeof single);
        lua_pushnumber(l->L, single);
        break;
    case double_float:
        copy_in_order(l, (char *)&number, from, sizeof number);
        lua_pushnumber(l->L, number);
        break;
    default: lua_pushinteger(l->L, (lua_Integer)read_integer(l, from, o->size, o->kind == signed_integer));
    }
}

// Pushes a text and returns how many bytes it took beyond the option's own.
static size_t unpack_text(const layout *l, const char *from, size_t left, const option *o) {
    lua_State *L = l->L;
    size_t length = o->size, more = 0;
    if (o->kind == counted_text) {
        more = length = (size_t)read_integer(l, from, o->size, false);
        luaL_argcheck(L, length <= left - o->size, 2, "data string too short");
        from += o->size;
    } else if (o->kind == zero_text) {
        const char *zero = memchr(from, 0, left);
        luaL_argcheck(L, zero != NULL, 2, "unfinished string for format 'z'");
        length = (size_t)(zero - from);
        more = length + 1;
    }
    pl_spend_bytes(L, length);
    lua_pushlstring(L, from, length);
    return more;
}

static int string_unpack(lua_State *L) {
    size_t format_length, length;
    const char *format = luaL_checklstring(L, 1, &format_length), *data = luaL_checklstring(L, 2, &length);
    size_t place = pl_place_from_start(luaL_optinteger(L, 3, 1), length) - 1;
    luaL_argcheck(L, place <= length, 3, "initial position out of string");
    layout l;
    begin(&l, L, format, format_length);
    int count = 0;
    while (*l.at != 0) {
        l.total = place;
        option o = read_option(&l);
        luaL_argcheck(L, o.padding + o.size <= length - place, 2, "data string too short");
        place += o.padding;
        luaL_checkstack(L, 2, "too many results");
        if (o.kind <= zero_text) count++;
        if (o.kind <= double_float) unpack_number(&l, data + place, &o);
        else if (o.kind <= zero_text) place += unpack_text(&l, data + place, length - place, &o);
        place += o.size;
    }
    lua_pushinteger(L, (lua_Integer)place + 1);
    return count + 1;
}

const luaL_Reg pl_packing[] = {
    {"pack", string_pack}, {"packsize", string_packsize}, {"unpack", string_unpack}, {NULL, NULL},
};

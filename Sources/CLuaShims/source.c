// What a source text must not hold. Where an error names a variable, Lua 5.4 walks back through all fields of a chain
// like a.b.c.d, once through the whole function for each and one C call deeper, without looking at any limit. So chains
// are bounded before the source is compiled: nobody writes hundreds of fields in a row.
#include "pl_internal.h"

#include <string.h>

enum { most_fields = 200, most_brackets = 220 };  // Lua itself takes fewer brackets

typedef struct scan {
    const char *at, *end;
    int line;
    int fields;         // in a row, up to here
    bool ends_operand;  // the last token can be followed by a field, a call, or the next statement
    int depth;
    struct {
        int fields;
        bool groups;  // brackets around an operand, neither arguments nor an index
    } open[most_brackets];
} scan;

static bool is_name_byte(char byte) {
    return (byte >= '0' && byte <= '9') || byte == '_' || (unsigned char)((byte | 0x20) - 'a') < 26;
}

static void skip_to(scan *s, const char *place) {
    for (; s->at < place; s->at++) s->line += *s->at == '\n';
}

// Skips a long bracket that opens here: [[...]], [=[...]=]. False where none does.
static bool skip_long_bracket(scan *s) {
    const char *inner = s->at + 1;
    while (inner < s->end && *inner == '=') inner++;
    if (inner == s->end || *inner != '[') return false;
    ptrdiff_t level = inner - s->at - 1;
    const char *at = inner + 1;
    for (; at < s->end; at++) {
        if (*at != ']') continue;
        const char *close = at + 1;
        while (close < s->end && *close == '=') close++;
        if (close < s->end && *close == ']' && close - at - 1 == level) {
            skip_to(s, close + 1);
            return true;
        }
    }
    skip_to(s, s->end);
    return true;
}

static void skip_comment(scan *s) {
    s->at += 2;
    if (s->at < s->end && *s->at == '[' && skip_long_bracket(s)) return;
    while (s->at < s->end && *s->at != '\n') s->at++;
}

// Blanks and comments.
static void skip_blanks(scan *s) {
    while (s->at < s->end) {
        if (strchr(" \t\r\n\v\f", *s->at) != NULL) skip_to(s, s->at + 1);
        else if (s->end - s->at > 1 && s->at[0] == '-' && s->at[1] == '-') skip_comment(s);
        else return;
    }
}

static void skip_string(scan *s) {
    char quote = *s->at;
    const char *at = s->at + 1;
    for (; at < s->end && *at != quote && *at != '\n'; at++)
        if (*at == '\\' && at + 1 < s->end) at++;
    skip_to(s, at < s->end ? at + 1 : at);
}

// An operand begins, right behind another one in a new statement.
static void begin_operand(scan *s) {
    s->fields = 0;
    s->ends_operand = true;
}

// Words behind which a bracket opens around an operand.
static void read_name(scan *s) {
    static const char *const words[] = {"and",   "or",    "not", "return", "in",     "if",   "elseif",
                                        "while", "until", "do",  "then",   "repeat", "else", NULL};
    const char *name = s->at;
    while (s->at < s->end && is_name_byte(*s->at)) s->at++;
    begin_operand(s);
    for (const char *const *word = words; *word != NULL; word++)
        if (strlen(*word) == (size_t)(s->at - name) && memcmp(*word, name, strlen(*word)) == 0) s->ends_operand = false;
}

static void open_bracket(scan *s, char bracket) {
    if (s->depth < most_brackets) {
        s->open[s->depth].fields = s->fields;
        s->open[s->depth].groups = bracket == '(' && !s->ends_operand;
    }
    s->depth++;
    s->fields = 0;
    s->ends_operand = false;
}

static void close_bracket(scan *s, char bracket) {
    int inside = s->fields;
    if (s->depth > 0) s->depth--;
    bool known = s->depth < most_brackets;
    s->ends_operand = true;
    if (bracket == ']' && known) s->fields = s->open[s->depth].fields + 1 + inside;  // Lua names the key, too
    else s->fields = bracket == ')' && known && s->open[s->depth].groups ? inside : 0;
}

// A point: a field follows, or it belongs to a number or to an operator.
static void read_point(scan *s) {
    bool field = s->ends_operand && s->at + 1 < s->end && s->at[1] != '.';
    if (field) {
        s->fields++;
    } else {
        s->fields = 0;
        s->ends_operand = false;
        while (s->at + 1 < s->end && s->at[1] == '.') s->at++;
    }
    s->at++;
    if (!field) return;
    skip_blanks(s);
    while (s->at < s->end && is_name_byte(*s->at)) s->at++;
}

static void read_token(scan *s) {
    char byte = *s->at;
    if (byte == '-' && s->at + 1 < s->end && s->at[1] == '-') {
        skip_comment(s);
    } else if (is_name_byte(byte)) {
        read_name(s);
    } else if (byte == '"' || byte == '\'' || (byte == '[' && skip_long_bracket(s))) {
        if (byte != '[') skip_string(s);
        begin_operand(s);
    } else if (byte == '(' || byte == '[' || byte == '{') {
        open_bracket(s, byte);
        s->at++;
    } else if (byte == ')' || byte == ']' || byte == '}') {
        close_bracket(s, byte);
        s->at++;
    } else if (byte == '.') {
        read_point(s);
    } else {
        bool blank = strchr(" \t\r\n\v\f", byte) != NULL;
        if (!blank && byte != ':') s->fields = 0;
        if (!blank) s->ends_operand = false;
        skip_to(s, s->at + 1);
    }
}

int pl_line_of_long_chain(const char *source, size_t length) {
    scan s = {.at = source, .end = source + length, .line = 1};
    while (s.at < s.end) {
        read_token(&s);
        if (s.fields > most_fields) return s.line;
    }
    return 0;
}

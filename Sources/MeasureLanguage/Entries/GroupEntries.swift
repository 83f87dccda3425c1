import LuaSyntax

extension MeasureLanguage {
    /// What a group is asked for with a dot.
    static let groupFields: [LanguageEntry] = [
        .field(
            .group, "n", .number, gives: "the number of rows, missing or not", example: .example("g.n", "6")),
        .field(
            .group, "keys", .unknown, gives: "a table of dimensions and values",
            example: .example("g.keys.team or \"everybody\"", "\"everybody\"")),
        .field(
            .group, "period", .unknown,
            gives: "`kind`, `label`, and (but for `all`) `start` and `stop` as texts; `stop` is the day after the last",
            example: .example("g.period.label", "\"all\"")),
        .field(
            .group, "as_of", .string,
            gives: "the day the run looks from, as a text. A measure that asks for it is evaluated anew each day",
            example: .example("days(g.as_of) - days(\"2025-09-01\")")),
        .field(
            .group, "with", .unknown,
            gives: "rows of other datasets, each a group: `g.with.roster`, see [below](#with-join-previous)"),
    ]

    /// What a group does.
    static let groupVerbs: [LanguageEntry] = [
        .verb(
            .group, "column", .needed("name", "string"), result: .value(.column),
            gives: "the column, also where its name is that of a verb or field (`n`, `keys`, `where`, ...)",
            example: .example("g:column(\"minutes\"):max()", "90")),
        .verb(
            .group, "where", .needed("mask", "plumbline.Column"), result: .value(.group),
            gives: "the group of the rows for which the comparison is true; false and missing are left out",
            example: .example("g:where(g.role:is(\"coach\")).n", "2")),
        .verb(
            .group, "each", .needed("name", "string"), result: .iterator([.string, .group]),
            gives: "for a loop: each value of a column (always as text) and its rows, sorted; rows without a value are "
                + "in none",
            example: .example("for team, part in g:each(\"team\") do print(team, part.n) end")),
        .verb(
            .group, "scale", .needed("items", "string[]|string"),
            options: [
                .option(
                    "answered", "number",
                    "the share of the items that a row must answer (0 to 1); else its score is "
                        + "missing", standard: "one item"),
                .option(
                    "method", "\"mean\"|\"sum\"", "`\"mean\"`, or `\"sum\"`: the mean times the number of items",
                    standard: "`\"mean\"`"),
                .option(
                    "reverse", "string[]", "a list of the reversed items, instead of the codebook's",
                    standard: "the codebook's"),
                .option("range", "number[]", "`{ lowest, highest }` of all items", standard: "the codebook's"),
            ],
            result: .value(.column), gives: "a column: for each row the mean of the items it answered",
            formula: .formula("Σ answered items / their number; a reversed item is lowest + highest − answer"),
            example: .example("g:scale({ \"trust_1\", \"trust_2\" }):mean()", "4.667")),
        .verb(
            .group, "join", .needed("dataset", "string"), .needed("keys", "table<string, string>"),
            .needed("columns", "table"), result: .joined(.group),
            gives: "the group with columns of another dataset, see [below](#with-join-previous)"),
        .verb(
            .group, "previous", result: .value(.group),
            gives: "the rows of the same keys in the period before, or nil, see [below](#with-join-previous)"),
        .verb(
            .group, "rows", result: .iterator([.row]), gives: "for a loop: the rows one by one; needs row access",
            example: .example("for r in g:rows() do print(r.role, r.minutes) end"), showsRows: true),
    ]

    /// What a row does.
    static let rowEntries: [LanguageEntry] = [
        .verb(
            .row, "why", .needed("name", "string"), result: .value(.string),
            gives: "the kind of missing; nil where there is a value",
            example: .example("for r in g:rows() do print(r:why(\"minutes\")) end"))
    ]
}

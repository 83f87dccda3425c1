public import LuaSyntax

/// Everything that a measure can call, in the order of the documentation: the one source of the linter's catalogue, of
/// `Documentation/lua-api.md` and of the editor definitions.
public enum MeasureLanguage {
    /// A part of the documentation with a table of its own.
    public struct Chapter: Sendable {
        /// Its name in the marks around its table.
        public var name: String
        /// The words above the column that says what an entry gives.
        public var heading: String
        /// Whether the table has a column for intervals.
        public var showsIntervals = false
        /// Whether each entry stands on its own, with its formula, options and details, instead of in a table.
        public var isInFull = false
        /// What stands in it.
        public var entries: [LanguageEntry]
    }

    /// The chapters.
    public static let chapters: [Chapter] = [
        Chapter(name: "group fields", heading: "gives", showsIntervals: false, entries: groupFields),
        Chapter(name: "group verbs", heading: "gives", showsIntervals: false, entries: groupVerbs),
        Chapter(
            name: "comparisons", heading: "gives a mask: is each value ...", showsIntervals: false,
            entries: comparisons),
        Chapter(name: "column operations", heading: "gives", showsIntervals: false, entries: columnOperations),
        Chapter(name: "estimates", heading: "gives", showsIntervals: true, entries: estimates),
        Chapter(name: "estimate fields", heading: "is", showsIntervals: false, entries: estimateFields),
        Chapter(name: "functions", heading: "gives", showsIntervals: true, entries: functions),
        Chapter(name: "rows", heading: "gives", showsIntervals: false, entries: rowEntries),
        Chapter(name: "distributions", heading: "gives", isInFull: true, entries: distributions),
        Chapter(name: "associations", heading: "gives", isInFull: true, entries: associations),
        Chapter(name: "weighting", heading: "gives", isInFull: true, entries: weighting),
        Chapter(name: "reliability", heading: "gives", isInFull: true, entries: reliability),
        Chapter(name: "sites", heading: "gives", isInFull: true, entries: sites),
        Chapter(name: "effects", heading: "gives", isInFull: true, entries: effects),
        Chapter(name: "graphs", heading: "gives", isInFull: true, entries: graphs),
        Chapter(name: "charts", heading: "gives", isInFull: true, entries: charts),
    ]

    /// All entries.
    public static let entries: [LanguageEntry] = chapters.flatMap(\.entries)

    /// Names that estimates can be asked for besides their fields, in order.
    public static let detailNames: [String] = Set(entries.flatMap(\.details).map(\.name)).sorted()

    /// What the linter is told. A mask is a column with the same verbs.
    public static let catalogue: VerbCatalogue = {
        var catalogue = VerbCatalogue(verbs: [:], fields: [:])
        for entry in entries {
            guard let receiver = entry.receiver else { continue }
            switch entry.form {
            case .verb:
                catalogue.verbs[receiver, default: [:]][entry.name] = entry.result
                if entry.showsRows { catalogue.rowVerbs[receiver, default: []].insert(entry.name) }
            case .field:
                if case .value(let kind) = entry.result { catalogue.fields[receiver, default: [:]][entry.name] = kind }
            case .operation, .function: break
            }
        }
        for detail in entries.flatMap(\.details) {
            catalogue.fields[.estimate, default: [:]][detail.name] = detail.type == "number" ? .number : .unknown
        }
        catalogue.verbs[.mask] = catalogue.verbs[.column]
        catalogue.rowVerbs[.mask] = catalogue.rowVerbs[.column]
        return catalogue
    }()

    /// The functions that need no receiver.
    public static let functionNames: [String] = entries.compactMap { entry in
        if case .function = entry.form { entry.name } else { nil }
    }
}

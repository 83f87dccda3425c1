/// `Documentation/lua-api.md`: prose written by hand, with tables that are made from the entries and stand between marks:
///
///     <!-- table: estimates -->
///     ...
///     <!-- end -->
public enum ReferencePage {
    /// The page with its tables made anew. What stands outside marks is left alone.
    ///
    /// A table of options is named after its verb (`options of scale`); the list of formulas is `formulas`.
    public static func renewed(_ page: String) -> String {
        var result: [Substring] = []
        var isInTable = false
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == end { isInTable = false }
            if !isInTable { result.append(line) }
            if let name = name(ofMark: line), let table = tables[name] {
                result.append(contentsOf: table.split(separator: "\n", omittingEmptySubsequences: false))
                isInTable = true
            }
        }
        return result.joined(separator: "\n")
    }

    /// The names of all tables that a page has to hold.
    public static var tableNames: [String] { tables.keys.sorted() }

    /// The names of the tables that a page holds.
    public static func tableNames(in page: String) -> [String] {
        page.split(separator: "\n").compactMap(name(ofMark:)).sorted()
    }

    private static let end = "<!-- end -->"

    private static func name(ofMark line: Substring) -> String? {
        guard line.hasPrefix("<!-- table: "), line.hasSuffix(" -->") else { return nil }
        return String(line.dropFirst("<!-- table: ".count).dropLast(" -->".count))
    }

    private static let tables: [String: String] = {
        var tables = ["formulas": formulas]
        for chapter in MeasureLanguage.chapters {
            tables[chapter.name] = chapter.isInFull ? inFull(chapter) : table(chapter)
            for entry in chapter.entries where !entry.options.isEmpty && !chapter.isInFull {
                tables["options of \(entry.name)"] = options(entry)
            }
        }
        return tables
    }()

    private static func table(_ chapter: MeasureLanguage.Chapter) -> String {
        var rows = [
            ["written", chapter.heading] + (chapter.showsIntervals ? ["interval (`method`)"] : []) + ["example"]
        ]
        rows.append(rows[0].map { _ in "---" })
        for entry in chapter.entries {
            rows.append(
                [code(entry.written), entry.gives] + (chapter.showsIntervals ? [entry.interval ?? "none"] : [])
                    + [entry.example.map(shown) ?? ""])
        }
        return text(rows)
    }

    /// Each entry on its own: what it gives, how it is computed, what it takes and what it carries besides.
    private static func inFull(_ chapter: MeasureLanguage.Chapter) -> String {
        chapter.entries.map { entry in
            var lines = ["**`\(entry.written)`** gives \(entry.gives)."]
            if let formula = entry.formula {
                lines.append("- formula: \(formula.text)\(formula.source.map { " (\($0))" } ?? "")")
            }
            if let interval = entry.interval { lines.append("- interval: \(interval)") }
            lines += entry.options.map { "- option \(code($0.name)): \($0.about); without it \($0.standard)" }
            lines += entry.details.map { detail in
                "- carries \(code(detail.name)): \(detail.about)\(detail.showsRows ? "; needs row access" : "")"
            }
            if let example = entry.example { lines.append("- example: \(shown(example))") }
            return lines.joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }

    private static func options(_ entry: LanguageEntry) -> String {
        text(
            [["option of `\(entry.name)`", "what it says", "where it is not given"], ["---", "---", "---"]]
                + entry.options.map { [code($0.name), $0.about, $0.standard] })
    }

    private static var formulas: String {
        text(
            [["written", "formula", "source"], ["---", "---", "---"]]
                + MeasureLanguage.chapters.filter { !$0.isInFull }.flatMap(\.entries).compactMap { entry in
                    entry.formula.map { [code(entry.written), $0.text, $0.source ?? ""] }
                })
    }

    private static func shown(_ example: LanguageEntry.Example) -> String {
        code(example.code) + (example.answer.map { " → \($0)" } ?? "")
    }

    private static func code(_ text: String) -> String { "`\(text)`" }

    /// A bar inside a cell would end it.
    private static func text(_ rows: [[String]]) -> String {
        rows.map { cells in "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |" }
            .joined(separator: "\n")
    }
}

import LuaSyntax

/// What lua-language-server has to know to complete and explain measures: a file of annotations that no program runs.
public enum EditorDefinitions {
    /// A column of a workspace's data, for the fields of groups and rows.
    public struct Column: Sendable {
        /// Its name.
        public var name: String
        /// What it holds and where it comes from, as a sentence.
        public var about: String

        /// A column.
        public init(name: String, about: String) {
            self.name = name
            self.about = about
        }
    }

    /// The file, with these columns as fields of groups and rows.
    public static func file(columns: [Column] = []) -> String {
        ([header] + classes.map { classText($0, columns: columns) } + functions).joined(separator: "\n")
    }

    private static let header = """
        ---@meta
        -- What measures can call, for lua-language-server. Made by `plumb types`: run it again after an import.

        ---@alias plumbline.Missing "skipped"|"not_applicable"|"not_asked"|"not_loaded"

        ---The definition of a measure: `return measure { ... }`.
        ---@param definition table
        ---@return table
        function measure(definition) end

        """

    private static let classes: [ValueKind] = [.group, .column, .weighted, .design, .graph, .estimate, .row]

    private static func classText(_ kind: ValueKind, columns: [Column]) -> String {
        let entries = MeasureLanguage.entries.filter { $0.receiver == kind }
        var lines = ["---@class \(typeName(.value(kind)))"]
        for entry in entries {
            switch entry.form {
            case .field: lines.append("---@field \(entry.name) \(fieldType(entry.result)) \(plain(entry.gives))")
            case .operation(let signs): lines += signs.compactMap { operatorLine($0, entry) }
            case .verb, .function: break
            }
        }
        if kind == .estimate { lines += detailLines }
        if kind == .group || kind == .row {
            let type = kind == .group ? typeName(.value(.column)) : "number|string|boolean|nil"
            lines += columns.map { "---@field \(field($0.name)) \(type) \(plain($0.about))" }
        }
        lines += ["local \(className(kind)) = {}", ""]
        for entry in entries {
            guard case .verb = entry.form else { continue }
            lines += functionLines(entry, called: "\(className(kind)):\(entry.name)")
        }
        return lines.joined(separator: "\n")
    }

    /// Several verbs may give a detail of one name: the words of the first stand for all.
    private static var detailLines: [String] {
        var seen: Set<String> = []
        return MeasureLanguage.entries.flatMap(\.details).compactMap { detail in
            seen.insert(detail.name).inserted ? "---@field \(detail.name)? \(detail.type) \(plain(detail.about))" : nil
        }
    }

    private static var functions: [String] {
        MeasureLanguage.entries.compactMap { entry in
            guard case .function = entry.form else { return nil }
            return functionLines(entry, called: entry.name).joined(separator: "\n")
        }
    }

    private static func functionLines(_ entry: LanguageEntry, called name: String) -> [String] {
        var lines = ["---" + plain(entry.gives)]
        if let interval = entry.interval { lines.append("---Interval: \(plain(interval)).") }
        if let formula = entry.formula {
            lines.append("---Formula: \(plain(formula.text))\(formula.source.map { " (\($0))" } ?? "").")
        }
        if let example = entry.example { lines.append("---Example: `\(example.code)`") }
        for parameter in entry.parameters {
            lines.append("---@param \(parameter.name)\(parameter.isOptional ? "?" : "") \(parameter.type)")
        }
        if !entry.options.isEmpty {
            let fields = entry.options.map { "\($0.name)?: \($0.type)" }.joined(separator: ", ")
            lines.append("---@param options? { \(fields) }")
        }
        lines.append("---@return \(typeName(entry.result))")
        let names = entry.parameters.map(\.name) + (entry.options.isEmpty ? [] : ["options"])
        return lines + ["function \(name)(\(names.joined(separator: ", "))) end", ""]
    }

    private static func operatorLine(_ event: String, _ entry: LanguageEntry) -> String? {
        let name = String(event.dropFirst(2))
        guard let kind = entry.receiver else { return nil }
        let own = typeName(.value(kind))
        let result = typeName(entry.result)
        return ["unm", "bnot"].contains(name)
            ? "---@operator \(name): \(result)" : "---@operator \(name)(\(own)|number): \(result)"
    }

    private static func typeName(_ result: VerbResult) -> String {
        switch result {
        case .value(let kind), .joined(let kind):
            switch kind {
            case .group, .estimate, .row, .weighted, .design, .graph, .column: "plumbline.\(className(kind))"
            case .mask: "plumbline.Column"
            case .number: "number"
            case .string: "string"
            case .unknown: "any"
            }
        case .iterator(let kinds):
            "fun(): " + kinds.map { typeName(.value($0)) }.joined(separator: ", ")
        }
    }

    private static func fieldType(_ result: VerbResult) -> String {
        let name = typeName(result)
        return name == "any" ? "table" : name
    }

    private static func className(_ kind: ValueKind) -> String {
        switch kind {
        case .group: "Group"
        case .column, .mask: "Column"
        case .weighted: "Weighted"
        case .design: "Design"
        case .estimate: "Estimate"
        case .graph: "Graph"
        case .row: "Row"
        case .number, .string, .unknown: "Value"
        }
    }

    /// A name that is no identifier stands in brackets.
    private static func field(_ name: String) -> String {
        let isIdentifier =
            name.utf8.allSatisfy { $0 == UInt8(ascii: "_") || isDigit($0) || isLetter($0) }
            && name.utf8.first.map { !isDigit($0) } ?? false
        return isIdentifier ? name : "[\"\(name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\"]"
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// One line of text: what an annotation can hold.
    private static func plain(_ text: String) -> String {
        text.split(separator: "\n").joined(separator: " ").replacing(", see [below](#with-join-previous)", with: "")
    }
}

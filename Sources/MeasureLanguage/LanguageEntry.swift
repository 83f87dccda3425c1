public import LuaSyntax

/// One thing that a measure can write: a verb, a field, an operator or a function of the host.
///
/// The linter, the documentation and the editor definitions are made from these; the host binds each to what it does,
/// and a test holds the two lists against each other.
public struct LanguageEntry: Sendable {
    /// How it is written.
    public enum Form: Sendable {
        /// `receiver:name(...)`.
        case verb
        /// `receiver.name`.
        case field
        /// A sign between columns or estimates; `signs` are the events that Lua calls it by, for instance `__add`.
        case operation(signs: [String])
        /// `name(...)`.
        case function
    }

    /// Something that is handed to a verb.
    public struct Parameter: Sendable {
        /// Its name in the documentation.
        public var name: String
        /// Its type in the language of the editor definitions.
        public var type: String
        /// Whether it may be left out.
        public var isOptional: Bool
    }

    /// A field of the table of options that a verb takes last.
    public struct Option: Sendable {
        /// Its name.
        public var name: String
        /// Its type in the language of the editor definitions.
        public var type: String
        /// What it says.
        public var about: String
        /// What counts where it is not given.
        public var standard: String
    }

    /// Something that an estimate carries besides its number, read as a field: `e.p`, `e.df`.
    public struct Detail: Sendable {
        /// Its name.
        public var name: String
        /// Its type in the language of the editor definitions.
        public var type: String
        /// What it says.
        public var about: String
        /// Whether it speaks of single rows, which a hub's measure needs leave for.
        public var showsRows: Bool
    }

    /// How a number is computed, and who defined it so.
    public struct Formula: Sendable {
        /// The formula.
        public var text: String
        /// Author and year; nil for what every textbook has.
        public var source: String?
    }

    /// Something to try on the example file of the documentation.
    public struct Example: Sendable {
        /// What is written.
        public var code: String
        /// What comes out; nil where it has to be read in its surroundings.
        public var answer: String?
    }

    /// What it is written on; nil for functions.
    public var receiver: ValueKind?
    /// Its name; for operators what a table shows instead.
    public var name: String
    /// How it is written.
    public var form: Form
    /// What it takes.
    public var parameters: [Parameter] = []
    /// The options it takes as a last table.
    public var options: [Option] = []
    /// What the estimate it gives carries besides.
    public var details: [Detail] = []
    /// The kind of what it gives.
    public var result: VerbResult
    /// What it gives, in words that go on from "gives".
    public var gives: String
    /// How its interval is made; nil where it has none.
    public var interval: String?
    /// The formula, for what is computed.
    public var formula: Formula?
    /// Something to try.
    public var example: Example?
    /// Whether it shows single rows, which a hub's measure needs leave for.
    public var showsRows = false
}

extension LanguageEntry {
    /// The entry as it is written, for instance `col:quantile(p, options)`.
    public var written: String {
        let names = parameters.map(\.name) + (options.isEmpty ? [] : ["options"])
        let arguments = "(\(names.joined(separator: ", ")))"
        switch form {
        case .verb: return "\(receiver?.letter ?? ""):\(name)\(arguments)"
        case .field: return "\(receiver?.letter ?? "").\(name)"
        case .operation: return name
        case .function: return name + arguments
        }
    }
}

extension ValueKind {
    /// How the documentation writes a value of this kind.
    var letter: String {
        switch self {
        case .group: "g"
        case .column: "col"
        case .mask: "mask"
        case .estimate: "e"
        case .weighted: "weighted"
        case .design: "design"
        case .graph: "net"
        case .row: "r"
        case .number, .string, .unknown: "x"
        }
    }
}

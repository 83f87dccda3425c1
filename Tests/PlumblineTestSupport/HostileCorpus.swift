public import Foundation

/// Hostile scripts and the places of a measure where each of them is put: Tests/HostileTests/Scripts and Entries.
///
/// A file begins with comments of the form `-- name: text`. What a script is expected to come to, and why it is there, stand
/// in the file itself.
public enum HostileCorpus {
    /// A hostile script: a function's body, or (`whole: file`) a whole measure file.
    public struct Attack: Sendable {
        /// Its folder and name.
        public var name: String
        /// How evaluating it may end: `ok` or codes of failures.
        public var expected: Set<String>
        /// Whether it asks something of a group.
        public var needsGroup: Bool
        /// Whether it is a whole file.
        public var isWholeFile: Bool
        /// Its text without the comments.
        public var body: String

        /// Its folder.
        public var kind: String { String(name.prefix { $0 != "/" }) }
    }

    /// A place where the code of a measure is run: a file that calls `attack`.
    public struct Entry: Sendable {
        /// Its name.
        public var name: String
        /// Whether it hands a group to the attack.
        public var hasGroup: Bool
        /// Whether the file is run by way of its tests.
        public var isTest: Bool
        /// Whether it is a mergeable measure.
        public var isMergeable: Bool
        /// The dimension by which it is grouped.
        public var dimension: String?
        /// Whether it has a period before.
        public var hasPrevious: Bool
        /// Whether it may look at rows.
        public var mayReadRows: Bool
        fileprivate var header: [String: String]
        fileprivate var text: String

        /// How an attack that expects something may end here.
        public func expected(of attack: Attack) -> Set<String> {
            if let always = header["expect"] { return [always] }
            var expected = attack.expected
            if !mayReadRows, attack.needsGroup { expected.insert("lua_error") }
            guard let catches = header["catches"], expected.contains("lua_error") else { return expected }
            // A handler that fails is its own handler, so what it does is done again and again.
            return expected.union(catches == "again" ? ["ok", "cpu_limit", "memory_limit"] : ["ok"])
        }
    }

    /// An attack in its place.
    public struct Pair: Sendable, CustomStringConvertible {
        /// The attack.
        public var attack: Attack
        /// Where it is; nil for whole files.
        public var entry: Entry?

        /// The measure file.
        public var source: String {
            guard let entry else { return attack.body }
            return "local attack = function(g)\n\(attack.body)end\n\(entry.text)"
        }

        /// How it may end.
        public var expected: Set<String> { entry?.expected(of: attack) ?? attack.expected }

        /// Which attack it is, and where.
        public var description: String { entry.map { "\(attack.name) at \($0.name)" } ?? attack.name }
    }

    /// Their folder.
    public static let folder = Repository.root.appending(path: "Tests/HostileTests")
        .resolvingSymlinksInPath()

    /// All attacks by name.
    public static func attacks() throws -> [Attack] {
        try files(in: folder.appending(path: "Scripts")).map { name, text in
            let header = header(of: text)
            return Attack(
                name: name, expected: Set((header["expect"] ?? "").components(separatedBy: " or ")),
                needsGroup: header["needs"] == "group", isWholeFile: header["whole"] == "file", body: body(of: text))
        }
    }

    /// Modules that every script may require, as `evil.<file>`: names and texts.
    public static func modules() throws -> [(name: String, text: String)] {
        try files(in: folder.appending(path: "Modules")).map { ("evil.\($0.name)", $0.text) }
    }

    /// All entries by name.
    public static func entries() throws -> [Entry] {
        try files(in: folder.appending(path: "Entries")).map { name, text in
            let header = header(of: text)
            return Entry(
                name: name, hasGroup: header["group"] != "no", isTest: header["run"] == "test",
                isMergeable: header["form"] == "mergeable", dimension: header["by"],
                hasPrevious: header["periods"] == "two", mayReadRows: header["rows"] != "no", header: header,
                text: body(of: text))
        }
    }

    /// Attacks in their places: whole files as they are, every other attack in the function that evaluates a group and (if it
    /// needs none) in the file itself, and of every kind some attack in every other place; with `everywhere`, every
    /// attack in every place.
    public static func pairs(everywhere: Bool) throws -> [Pair] {
        let attacks = try attacks()
        let entries = try entries()
        var pairs: [Pair] = []
        for (kind, members) in Dictionary(grouping: attacks, by: \.kind).sorted(by: { $0.key < $1.key }) {
            pairs += members.filter(\.isWholeFile).map { Pair(attack: $0) }
            let bodies = members.filter { !$0.isWholeFile }
            for (number, entry) in entries.enumerated() {
                let fitting = bodies.filter { entry.hasGroup || !$0.needsGroup }
                guard !fitting.isEmpty else { continue }
                let isFull = everywhere || entry.name == "value" || entry.name == "chunk"
                let start = number &+ kind.utf8.reduce(0) { $0 &+ Int($1) }
                pairs += (isFull ? fitting : [fitting[start % fitting.count]]).map { Pair(attack: $0, entry: entry) }
            }
        }
        return pairs
    }

    private static func files(in folder: URL) throws -> [(name: String, text: String)] {
        let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var files: [(name: String, text: String)] = []
        while let url = walk?.nextObject() as? URL {
            guard url.pathExtension == "lua" else { continue }
            let name = url.deletingPathExtension().path.dropFirst(folder.path.count + 1)
            files.append((String(name), try String(contentsOf: url, encoding: .utf8)))
        }
        return files.sorted { $0.name < $1.name }
    }

    private static let names =
        ["kind", "expect", "why", "needs", "whole", "says", "group", "run", "form", "by", "periods"]
        + ["rows", "catches"]

    private static func headerLine(_ line: some StringProtocol) -> (name: String, text: String)? {
        guard line.hasPrefix("-- "), let colon = line.range(of: ": ") else { return nil }
        let name = String(line[..<colon.lowerBound].dropFirst(3))
        return names.contains(name) ? (name, String(line[colon.upperBound...])) : nil
    }

    private static func header(of text: String) -> [String: String] {
        var header: [String: String] = [:]
        for line in text.components(separatedBy: "\n") {
            guard let entry = headerLine(line) else { break }
            header[entry.name] = entry.text
        }
        return header
    }

    private static func body(of text: String) -> String {
        text.components(separatedBy: "\n").drop { headerLine($0) != nil }.joined(separator: "\n")
    }
}

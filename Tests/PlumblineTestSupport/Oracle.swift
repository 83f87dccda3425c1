public import Foundation

/// The worked references of other tools, read where they lie and never copied: the folder named in PLUMBLINE_ORACLES,
/// else `../shared/oracles/open` beside the package.
public final class Oracle {
    /// The case's name.
    public let name: String
    /// Its answers.
    public let quantities: [Quantity]
    private var tables: [String: [String: [String]]] = [:]

    /// One answer that another tool gave.
    public struct Quantity {
        /// What was asked.
        public let name: String
        /// With which variant.
        public let arguments: [String: Any]
        /// The answer.
        public let value: Any
        /// How far ours may be off, relatively.
        public let tolerance: Double
        /// How far ours may be off near 0.
        public let absoluteTolerance: Double
    }

    /// What is wrong with a reference.
    public struct Problem: Error {
        /// In words.
        public var text: String
    }

    /// The folder of all cases.
    public static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["PLUMBLINE_ORACLES"] { return URL(filePath: path) }
        return Repository.root.resolvingSymlinksInPath().appending(path: "../shared/oracles/open").standardizedFileURL
    }()

    /// For `.enabled(if:)`: a checkout without the references skips the tests that need them, unless
    /// PLUMBLINE_REQUIRE_ORACLES=1 makes their absence a failure.
    public static func isPresent(_ name: String) -> Bool {
        if ProcessInfo.processInfo.environment["PLUMBLINE_REQUIRE_ORACLES"] == "1" { return true }
        return FileManager.default.fileExists(atPath: folder.appending(path: "\(name)/expected.json").path)
    }

    /// Why a test was skipped.
    public static let absence = "skipped: no oracles here; set PLUMBLINE_ORACLES to their folder"

    /// Reads a case.
    public init(_ name: String) throws {
        let file = Self.folder.appending(path: "\(name)/expected.json")
        let content = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
        self.name = name
        quantities = (content?["quantities"] as? [[String: Any]] ?? []).map { entry in
            Quantity(
                name: entry["name"] as? String ?? "", arguments: entry["args"] as? [String: Any] ?? [:],
                value: entry["value"] ?? NSNull(), tolerance: entry["tol"] as? Double ?? 0,
                absoluteTolerance: entry["atol"] as? Double ?? 1e-12)
        }
    }

    /// One of its files.
    public func file(_ file: String) -> URL {
        Self.folder.appending(path: "\(name)/\(file)")
    }

    /// The columns of one of its tables as text, by header.
    public func table(_ file: String) throws -> [String: [String]] {
        if let table = tables[file] { return table }
        let lines = try String(contentsOf: self.file(file), encoding: .utf8).split(whereSeparator: \.isNewline)
        let rows = lines.map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimming("\"") }
        }
        guard let header = rows.first else { throw Problem(text: "\(file) is empty") }
        let columns = header.indices.map { column in (header[column], rows.dropFirst().map { $0[column] }) }
        let table = Dictionary(uniqueKeysWithValues: columns)
        tables[file] = table
        return table
    }

    /// A column of numbers, missing where the cell is empty.
    public func column(_ name: String, in file: String) throws -> [Double] {
        guard let cells = try table(file)[name] else { throw Problem(text: "\(file) has no column \(name)") }
        return cells.map { Double($0) ?? .nan }
    }
}

extension Oracle.Quantity {
    /// An argument that is a text.
    public func text(_ argument: String) -> String? { arguments[argument] as? String }

    /// An argument that is a number.
    public func number(_ argument: String) -> Double? { (arguments[argument] as? NSNumber)?.doubleValue }

    /// An argument that is a list of numbers.
    public func numbers(_ argument: String) -> [Double] {
        (arguments[argument] as? [NSNumber] ?? []).map(\.doubleValue)
    }

    /// The value as numbers: one, several, none for null. Numbers by name come in the order of the names.
    public var wanted: [Double] {
        switch value {
        case let named as [String: NSNumber]: named.sorted { $0.key < $1.key }.map(\.value.doubleValue)
        case let number as NSNumber: [number.doubleValue]
        case let numbers as [NSNumber]: numbers.map(\.doubleValue)
        default: []
        }
    }

    /// What differs, nil when the numbers agree within the quantity's own tolerance.
    public func difference(from got: [Double]?) -> String? {
        let got = got ?? []
        let agrees =
            got.count == wanted.count
            && zip(got, wanted).allSatisfy { mine, theirs in
                abs(mine - theirs) <= max(tolerance * abs(theirs), absoluteTolerance)
            }
        return agrees ? nil : "\(name) \(arguments): got \(got), wanted \(wanted)"
    }
}

extension Substring {
    fileprivate func trimming(_ character: Character) -> String {
        String(drop { $0 == character }.reversed().drop { $0 == character }.reversed())
    }
}

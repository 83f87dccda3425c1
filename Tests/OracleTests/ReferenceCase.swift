import Foundation

/// A folder of reference answers: tables, and what other software says of them. Its format is explained by the README of
/// the folder it comes from.
struct ReferenceCase {
    let folder: URL
    let name: String
    /// The number its area begins with: which answers are asked.
    let area: Int
    /// What the area is called.
    let areaName: String
    let quantities: [Quantity]

    /// One answer.
    struct Quantity {
        let name: String
        let arguments: JSONText
        let value: JSONText
        /// How far ours may be off, relatively.
        let tolerance: Double
        /// How far ours may be off near 0.
        let absoluteTolerance: Double
    }

    init(_ folder: URL) throws {
        self.folder = folder
        let document = try JSONText(Data(contentsOf: folder.appending(path: "expected.json")))
        name = document["case"].text ?? folder.lastPathComponent
        areaName = document["area"].text ?? "0"
        area = Int(areaName.prefix { $0.isNumber }) ?? 0
        quantities = document["quantities"].elements.map { quantity in
            Quantity(
                name: quantity["name"].text ?? "", arguments: quantity["args"], value: quantity["value"],
                tolerance: quantity["tol"].number ?? 0, absoluteTolerance: quantity["atol"].number ?? 1e-12)
        }
    }

    /// The tables of the case: every CSV in its folder, under its name.
    var tables: [(name: String, file: URL)] {
        get throws {
            try FileManager.default
                .contentsOfDirectory(at: folder.resolvingSymlinksInPath(), includingPropertiesForKeys: nil)
                .filter { $0.pathExtension == "csv" }
                .map { ($0.deletingPathExtension().lastPathComponent, $0) }
                .sorted { $0.0 < $1.0 }
        }
    }

    /// The folders of all cases in a folder, in the order of their names; it may be that of a single case.
    static func folders(in folder: URL) throws -> [URL] {
        func isCase(_ folder: URL) -> Bool {
            FileManager.default.fileExists(atPath: folder.appending(path: "expected.json").path)
        }
        if isCase(folder) { return [folder] }
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter(isCase).sorted { $0.lastPathComponent < $1.lastPathComponent }
    }
}

/// A JSON value with the ways to read it that the proof needs.
indirect enum JSONText: Decodable, Sendable {
    case null
    case truth(Bool)
    case number(Double)
    case text(String)
    case list([JSONText])
    case record([String: JSONText])

    init(_ data: Data) throws { self = try JSONDecoder().decode(JSONText.self, from: data) }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let truth = try? container.decode(Bool.self) {
            self = .truth(truth)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([JSONText].self) {
            self = .list(list)
        } else {
            self = .record(try container.decode([String: JSONText].self))
        }
    }

    var isNull: Bool { if case .null = self { true } else { false } }
    var truth: Bool? { if case .truth(let truth) = self { truth } else { nil } }
    var number: Double? { if case .number(let number) = self { number } else { nil } }
    var text: String? { if case .text(let text) = self { text } else { nil } }
    var fields: [String: JSONText]? { if case .record(let fields) = self { fields } else { nil } }
    var isList: Bool { if case .list = self { true } else { false } }
    var elements: [JSONText] { if case .list(let elements) = self { elements } else { [] } }
    subscript(_ name: String) -> JSONText { fields?[name] ?? .null }

    /// As it is written in Lua; whole numbers are integers there.
    var lua: String {
        switch self {
        case .null: "nil"
        case .truth(let truth): truth ? "true" : "false"
        case .number(let number): Int(exactly: number).map { "\($0)" } ?? "\(number)"
        case .text(let text): Self.quoted(text)
        case .list(let elements): "{" + elements.map(\.lua).joined(separator: ",") + "}"
        case .record(let fields):
            "{"
                + fields.sorted { $0.key < $1.key }.map { "[\(Self.quoted($0.key))]=\($0.value.lua)" }
                .joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        "\""
            + text.utf8.map { byte in
                (32..<127).contains(byte) && byte != 34 && byte != 92
                    ? String(UnicodeScalar(byte)) : "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined() + "\""
    }
}

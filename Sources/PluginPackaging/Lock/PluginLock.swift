public import Foundation

/// The lock file of a workspace: exactly which plugins it runs, byte for byte, and who approved them.
///
/// It is JSON in one form only, so that two commands that come to the same write the same bytes, with a seal over all of it:
/// an edit by hand, or a merge of two branches, is seen before anything of it is believed.
public struct PluginLock: Equatable, Sendable {
    /// The file's name in a workspace.
    public static let fileName = "plumb.lock"
    /// The plugins in order of their names.
    public private(set) var plugins: [LockedPlugin]

    private static let form = 1

    /// A lock with these plugins.
    public init(_ plugins: [LockedPlugin] = []) {
        self.plugins = plugins.sorted { $0.name < $1.name }
    }

    /// A plugin by its name. Set to nil, it is taken out.
    public subscript(name: PluginName) -> LockedPlugin? {
        get { plugins.first { $0.name == name } }
        set {
            self = PluginLock(plugins.filter { $0.name != name } + [newValue].compactMap(\.self))
        }
    }

    /// Reads the file's bytes.
    ///
    /// - Throws: ``PluginError`` with `.badLock` when they are not what a command wrote.
    public init(bytes: Data) throws(PluginError) {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        if let form = try? decoder.decode(Head.self, from: bytes).form, form != Self.form {
            throw Self.refusal("has the form \(form), which this plumb does not know: use the plumb that wrote it")
        }
        guard let file = try? decoder.decode(File.self, from: bytes) else {
            throw Self.refusal("is no lock file that plumb wrote")
        }
        guard let open = Seal.removed(from: bytes), Seal.text(of: open) == file.seal else {
            throw Self.refusal("was edited by hand")
        }
        self.init(file.plugins)
        try checkWords()
    }

    /// The file's bytes.
    public var bytes: Data {
        let open = File(form: Self.form, plugins: plugins, seal: "").encoded
        return Seal.put(on: open)
    }

    private func checkWords() throws(PluginError) {
        guard Set(plugins.map(\.word)).count == plugins.count else {
            throw Self.refusal("names two plugins for one folder")
        }
    }

    private static func refusal(_ what: String) -> PluginError {
        PluginError(
            .badLock,
            "\(fileName) \(what): bring back the last one that a command wrote (from git or a copy), or remove it and add "
                + "the plugins again.", file: fileName)
    }

    /// What every form of the file has.
    private struct Head: Decodable {
        var form: Int
    }

    private struct File: Codable {
        var form: Int
        var plugins: [LockedPlugin]
        var seal: String

        var encoded: Data {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            encoder.dateEncodingStrategy = .iso8601
            // Texts and whole numbers alone: nothing that cannot be encoded.
            return ((try? encoder.encode(self)) ?? Data()) + Data("\n".utf8)
        }
    }
}

/// The digest of all of the file before it, in its last line but one.
private enum Seal {
    private static let start = "  \"seal\" : \""
    private static let end = "\"\n}\n"
    private static let length = Digest.of(Data()).utf8.count

    static func text(of open: Data) -> String { Digest.of(open) }

    /// The file without its seal; nil where that is not at its place.
    static func removed(from file: Data) -> Data? {
        let behind = length + end.utf8.count
        guard file.count > behind else { return nil }
        let open = file.dropLast(behind) + Data(end.utf8)
        return open.suffix(start.utf8.count + end.utf8.count) == Data((start + end).utf8) ? open : nil
    }

    /// The file with its seal.
    static func put(on open: Data) -> Data {
        open.dropLast(end.utf8.count) + Data((text(of: open) + end).utf8)
    }
}

/// What a plugin is called: `hub/name`. The hub answers for it; the last word stands before the names of its modules.
public struct PluginName: Hashable, Sendable {
    /// Who answers for it.
    public let hub: String
    /// The word before its modules' names, and the name of its folder in a workspace.
    public let word: String

    /// The longest of either part, in bytes.
    public static let maximumLength = 64

    /// Reads `riverbend/climate`.
    ///
    /// - Throws: ``NotationError`` with what is wrong.
    public init(_ text: String) throws(NotationError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw NotationError(
                "\(Shown.quoted(text)) is no name of a plugin: write `hub/name`, such as `riverbend/climate`")
        }
        guard parts.allSatisfy({ $0.utf8.count <= Self.maximumLength }) else {
            throw NotationError(
                "\(Shown.quoted(text)) is no name of a plugin: either part has at most \(Self.maximumLength) characters"
            )
        }
        guard let first = parts[0].utf8.first, first != UInt8(ascii: "-"), parts[0].utf8.allSatisfy(Self.isOfHub) else {
            throw NotationError(
                "\(Shown.quoted(text)) is no name of a plugin: a hub is written in lower-case letters, digits, `-` and `_`"
            )
        }
        guard Self.isWord(parts[1]) else {
            throw NotationError(
                "\(Shown.quoted(text)) is no name of a plugin: its last part is written in lower-case letters, digits and "
                    + "`_`, a letter first")
        }
        hub = String(parts[0])
        word = String(parts[1])
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "a") < 26 }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        isLetter(byte) || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "_")
    }

    private static func isOfHub(_ byte: UInt8) -> Bool { isOfWord(byte) || byte == UInt8(ascii: "-") }

    /// Whether a script can write it in `require`: lower-case letters, digits and `_`, a letter first.
    static func isWord(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first else { return false }
        return isLetter(first) && text.utf8.allSatisfy(isOfWord)
    }
}

extension PluginName: Comparable, CustomStringConvertible {
    /// By their bytes.
    public static func < (left: PluginName, right: PluginName) -> Bool {
        left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }

    /// As it is written.
    public var description: String { "\(hub)/\(word)" }
}

/// A plugin that another one needs.
public struct PluginNeed: Hashable, Sendable, Codable {
    /// Which.
    public var name: PluginName
    /// Its versions that will do.
    public var range: VersionRange

    /// A need.
    public init(_ name: PluginName, _ range: VersionRange) {
        self.name = name
        self.range = range
    }
}

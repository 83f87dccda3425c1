/// Which versions are asked for: `^1.2`, `~1.2.3`, `1.2.3`, `>=1.0, <2`, `*`.
///
/// `^` and `~` mean what they mean to Cargo. Numbers alone are exactly these: `1.2.3` is one version, `1.2` any that begins
/// so. Of several conditions all must hold. A prerelease is in a range only if one of its conditions names a prerelease of
/// the same three numbers, and so knows what it asks for.
public struct VersionRange: Hashable, Sendable {
    private let conditions: [VersionCondition]

    /// The longest text of a range, in bytes.
    public static let maximumLength = 256

    /// `*`: every release.
    public static let any = VersionRange(conditions: [])

    private init(conditions: [VersionCondition]) { self.conditions = conditions }

    /// Exactly one version.
    public init(exactly version: SemanticVersion) {
        self.init(conditions: [VersionCondition(exactly: version)])
    }

    /// Reads conditions with commas or spaces between.
    ///
    /// - Throws: ``NotationError`` with what is wrong.
    public init(_ text: String) throws(NotationError) {
        guard text.utf8.count <= Self.maximumLength else {
            throw NotationError(
                "\(Shown.quoted(text)) is too long for a range: at most \(Self.maximumLength) characters")
        }
        let words = try Self.words(text)
        if words == ["*"] {
            self = .any
            return
        }
        var conditions: [VersionCondition] = []
        for word in words { conditions.append(try VersionCondition(word, in: text)) }
        self.init(conditions: conditions)
    }

    private static func words(_ text: String) throws(NotationError) -> [String] {
        var words: [String] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: " ")
            guard !pieces.isEmpty else {
                throw NotationError(
                    "\(Shown.quoted(text)) is no range: write one such as `^1.2`, or `*` for any version")
            }
            var isOpen = false
            for piece in pieces {
                if isOpen { words[words.count - 1] += piece } else { words.append(String(piece)) }
                isOpen = VersionCondition.isOperator(piece)
            }
        }
        return words
    }

    /// Whether a version is in it.
    public func contains(_ version: SemanticVersion) -> Bool {
        guard conditions.allSatisfy({ $0.holds(for: version) }) else { return false }
        return !version.isPrerelease
            || conditions.contains { condition in
                condition.named.map { $0.isPrerelease && $0.hasNumbers(of: version) } ?? false
            }
    }
}

extension VersionRange: CustomStringConvertible {
    /// As it is written, in one form: conditions with a comma and a space between.
    public var description: String {
        conditions.isEmpty ? "*" : conditions.map(\.text).joined(separator: ", ")
    }
}

/// A version as Semantic Versioning 2.0 has it, without build metadata: two archives of one version would be told apart by
/// nothing.
public struct SemanticVersion: Hashable, Sendable {
    /// Raised when what used the plugin may break.
    public let major: Int
    /// Raised when something is new.
    public let minor: Int
    /// Raised when something is mended.
    public let patch: Int
    /// What stands behind the `-`, between the dots; empty for a release.
    public let prerelease: [String]

    /// The longest text of a version, in bytes.
    public static let maximumLength = 64

    /// A version by its parts, none of them below 0.
    public init(_ major: Int, _ minor: Int, _ patch: Int) {
        self.init(major, minor, patch, prerelease: [])
    }

    init(_ major: Int, _ minor: Int, _ patch: Int, prerelease: [String]) {
        self.major = major
        self.minor = minor
        self.patch = patch
        self.prerelease = prerelease
    }

    /// Reads `1.2.0` or `1.2.0-rc.1`.
    ///
    /// - Throws: ``NotationError`` with what is wrong.
    public init(_ text: String) throws(NotationError) {
        let parts = try VersionNumbers(text)
        guard let minor = parts.minor, let patch = parts.patch else {
            throw NotationError(
                "\(Shown.quoted(text)) is no version: write three numbers, such as `\(parts.major).\(parts.minor ?? 0).0`"
            )
        }
        self.init(parts.major, minor, patch, prerelease: parts.prerelease)
    }

    /// Whether it comes before the release of its numbers.
    public var isPrerelease: Bool { !prerelease.isEmpty }

    func hasNumbers(of other: SemanticVersion) -> Bool {
        (major, minor, patch) == (other.major, other.minor, other.patch)
    }
}

extension SemanticVersion: Comparable {
    /// The order of Semantic Versioning 2.0, section 11.
    public static func < (left: SemanticVersion, right: SemanticVersion) -> Bool {
        guard left.hasNumbers(of: right) else {
            return (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
        }
        if !left.isPrerelease || !right.isPrerelease { return left.isPrerelease && !right.isPrerelease }
        return left.prerelease.lexicographicallyPrecedes(right.prerelease, by: precedes)
    }

    /// Numbers by their value, before words; words by their bytes. Numbers have no leading zeros, so the longer is greater,
    /// however long they are.
    private static func precedes(_ left: String, _ right: String) -> Bool {
        let isNumber = (left: VersionNumbers.isNumber(left), right: VersionNumbers.isNumber(right))
        if isNumber.left != isNumber.right { return isNumber.left }
        if isNumber.left, left.utf8.count != right.utf8.count { return left.utf8.count < right.utf8.count }
        return left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}

extension SemanticVersion: CustomStringConvertible {
    /// As it is written.
    public var description: String {
        let numbers = "\(major).\(minor).\(patch)"
        return isPrerelease ? "\(numbers)-\(prerelease.joined(separator: "."))" : numbers
    }
}

/// One condition of a range, as bounds.
struct VersionCondition: Hashable {
    /// As it is written, without spaces.
    var text: String
    /// The version that it names in full.
    var named: SemanticVersion?
    private var lower: SemanticVersion?
    private var isLowerIn = true
    private var upper: SemanticVersion?
    private var isUpperIn = false

    private static let operators = [">=", "<=", "^", "~", ">", "<", "="]

    init(exactly version: SemanticVersion) {
        text = version.description
        named = version
        lower = version
        upper = version
        isUpperIn = true
    }

    /// Reads `^1.2`; `range` is what messages quote.
    init(_ word: String, in range: String) throws(NotationError) {
        let sign = Self.operators.first { word.hasPrefix($0) } ?? ""
        var rest = String(word.dropFirst(sign.count))
        let isWild = rest.hasSuffix(".*")
        if isWild { rest.removeLast(2) }
        let numbers: VersionNumbers
        do {
            numbers = try VersionNumbers(rest)
        } catch {
            throw NotationError("\(error)" + (rest == range ? "" : ", in the range \(Shown.quoted(range))"))
        }
        guard !isWild || (sign.isEmpty && numbers.patch == nil) else {
            throw NotationError(
                "\(Shown.quoted(word)) is no condition: write `1.*` or `1.2.*`, without a sign before it")
        }
        text = word
        setBounds(sign, numbers)
    }

    static func isOperator(_ text: Substring) -> Bool { operators.contains { $0 == text } }

    private mutating func setBounds(_ sign: String, _ numbers: VersionNumbers) {
        let isFull = numbers.patch != nil
        let first = SemanticVersion(
            numbers.major, numbers.minor ?? 0, numbers.patch ?? 0, prerelease: numbers.prerelease)
        named = isFull ? first : nil
        switch sign {
        case ">=": lower = first
        case "<": upper = isFull ? first : Self.before(first)
        case ">": (lower, isLowerIn) = isFull ? (first, false) : (Self.behind(numbers), true)
        case "<=": (upper, isUpperIn) = isFull ? (first, true) : (Self.behind(numbers), false)
        case "^": (lower, upper) = (first, Self.compatible(numbers))
        case "~": (lower, upper) = (first, Self.behind(VersionNumbers(numbers.major, numbers.minor, nil)))
        default: (lower, upper, isUpperIn) = isFull ? (first, first, true) : (first, Self.behind(numbers), false)
        }
    }

    func holds(for version: SemanticVersion) -> Bool {
        if let lower, version < lower || (!isLowerIn && version == lower) { return false }
        if let upper, version > upper || (!isUpperIn && version == upper) { return false }
        return true
    }

    /// Lower than every version of its numbers, prereleases too.
    private static func before(_ version: SemanticVersion) -> SemanticVersion {
        SemanticVersion(version.major, version.minor, version.patch, prerelease: ["0"])
    }

    /// The first that does not begin with the numbers.
    private static func behind(_ numbers: VersionNumbers) -> SemanticVersion {
        if let minor = numbers.minor, let patch = numbers.patch {
            return before(SemanticVersion(numbers.major, minor, patch + 1))
        }
        if let minor = numbers.minor { return before(SemanticVersion(numbers.major, minor + 1, 0)) }
        return before(SemanticVersion(numbers.major + 1, 0, 0))
    }

    /// The first that may break what used the numbers: the leftmost that is not 0 is raised.
    private static func compatible(_ numbers: VersionNumbers) -> SemanticVersion {
        if numbers.major > 0 || numbers.minor == nil { return behind(VersionNumbers(numbers.major, nil, nil)) }
        if numbers.minor != 0 || numbers.patch == nil { return behind(VersionNumbers(0, numbers.minor, nil)) }
        return behind(VersionNumbers(0, 0, numbers.patch))
    }
}

extension VersionNumbers {
    fileprivate init(_ major: Int, _ minor: Int?, _ patch: Int?) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }
}

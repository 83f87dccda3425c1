/// One to three numbers of a version, as ranges have them too.
struct VersionNumbers {
    var major: Int
    var minor: Int?
    var patch: Int?
    var prerelease: [String] = []

    /// Reads `1`, `1.2`, `1.2.3` or `1.2.3-rc.1`.
    init(_ text: String) throws(NotationError) {
        guard text.utf8.count <= SemanticVersion.maximumLength else {
            throw NotationError(
                "\(Shown.quoted(text)) is too long for a version: at most \(SemanticVersion.maximumLength) characters")
        }
        guard !text.utf8.contains(UInt8(ascii: "+")) else {
            throw NotationError("\(Shown.quoted(text)) has build metadata: leave out the `+` and what follows")
        }
        let halves = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        var numbers: [Int] = []
        for word in halves[0].split(separator: ".", omittingEmptySubsequences: false) {
            numbers.append(try Self.number(word, in: text))
        }
        guard numbers.count <= 3 else {
            throw NotationError("\(Shown.quoted(text)) is no version: it has \(numbers.count) numbers instead of three")
        }
        major = numbers[0]
        minor = numbers.count > 1 ? numbers[1] : nil
        patch = numbers.count > 2 ? numbers[2] : nil
        if halves.count > 1 { prerelease = try Self.identifiers(halves[1], after: numbers.count, in: text) }
    }

    /// Whether a text is of digits alone.
    static func isNumber(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private static func isIdentifier(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                isDigit(byte) || byte == UInt8(ascii: "-") || (byte | 0x20) &- UInt8(ascii: "a") < 26
            }
    }

    private static func number(_ word: Substring, in text: String) throws(NotationError) -> Int {
        guard isNumber(word) else {
            throw NotationError("\(Shown.quoted(text)) is no version: write numbers with dots between, such as `1.2.0`")
        }
        guard word == "0" || !word.hasPrefix("0") else {
            throw NotationError("\(Shown.quoted(text)) is no version: a number has no 0 before it")
        }
        // Nine digits, so that one more is a number too.
        guard word.utf8.count <= 9, let number = Int(word) else {
            throw NotationError("\(Shown.quoted(text)) is no version: a number has at most nine digits")
        }
        return number
    }

    private static func identifiers(
        _ text: Substring, after numbers: Int, in whole: String
    ) throws(NotationError) -> [String] {
        guard numbers == 3 else {
            throw NotationError("\(Shown.quoted(whole)) is no version: write three numbers before the `-`")
        }
        var identifiers: [String] = []
        for word in text.split(separator: ".", omittingEmptySubsequences: false) {
            guard isIdentifier(word) else {
                throw NotationError(
                    "\(Shown.quoted(whole)) is no version: behind the `-` stand words of letters, digits and `-` with dots "
                        + "between, such as `rc.1`")
            }
            guard !isNumber(word) || word == "0" || !word.hasPrefix("0") else {
                throw NotationError("\(Shown.quoted(whole)) is no version: a number has no 0 before it")
            }
            identifiers.append(String(word))
        }
        return identifiers
    }
}

/// A list of patterns as OpenSSH writes them: `riverbend/*,!riverbend/trial`. A name must match one of them and none
/// that begins with `!`; `*` stands for any bytes, slashes too, and `?` for one.
struct PatternList: Equatable, Sendable {
    /// The list as it was written.
    let text: String

    /// What OpenSSH takes for a pattern at most; a longer one matches nothing, and ends the list.
    private static let longestPattern = 1022

    func matches(_ name: String) -> Bool {
        let name = Array(name.utf8)
        var isMatched = false
        for piece in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let isNegated = piece.first == UInt8(ascii: "!")
            let pattern = Array(isNegated ? piece.dropFirst() : piece)
            guard pattern.count <= Self.longestPattern else { return false }
            guard Self.matches(name, pattern) else { continue }
            if isNegated { return false }
            isMatched = true
        }
        return isMatched
    }

    /// Goes back to the last star only, so that no pattern takes long.
    private static func matches(_ name: [UInt8], _ pattern: [UInt8]) -> Bool {
        var place = 0
        var at = 0
        var lastStar: (pattern: Int, name: Int)?
        while place < name.count {
            if at < pattern.count, pattern[at] == UInt8(ascii: "*") {
                lastStar = (at, place)
                at += 1
            } else if at < pattern.count, pattern[at] == UInt8(ascii: "?") || pattern[at] == name[place] {
                at += 1
                place += 1
            } else if let star = lastStar {
                lastStar = (star.pattern, star.name + 1)
                at = star.pattern + 1
                place = star.name + 1
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

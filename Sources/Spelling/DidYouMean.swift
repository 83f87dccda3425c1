/// Finds the known name that somebody probably meant.
public enum DidYouMean {
    /// The candidate nearest to a mistyped name, or nil if none is near enough.
    ///
    /// Near is a matter of typing slips: letters left out, added, swapped or changed (Damerau-Levenshtein distance,
    /// upper and lower case being the same). One slip is allowed in a name of up to four characters, two in one of up
    /// to eight, three in a longer one, but never as many as the name has characters. Of equally near candidates the
    /// first by its bytes wins, so the order of the candidates does not matter. A name of more than
    /// ``maximumLength`` characters is not typed by hand; nothing is proposed for it.
    public static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
        let typed = folded(name)
        guard typed.count <= maximumLength else { return nil }
        var best: (slips: Int, name: String)?
        for candidate in candidates {
            let allowed = best?.slips ?? allowedSlips(typed.count)
            guard let slips = slips(from: typed, to: folded(candidate), atMost: allowed) else { continue }
            if let best, best.slips == slips, !precedes(candidate, best.name) { continue }
            best = (slips, candidate)
        }
        return best?.name
    }

    /// The longest name for which a candidate is looked for, in characters.
    public static let maximumLength = 200

    private static func allowedSlips(_ length: Int) -> Int {
        let byLength = length <= 4 ? 1 : length <= 8 ? 2 : 3
        return min(byLength, length - 1)
    }

    private static func folded(_ name: String) -> [UInt32] {
        name.unicodeScalars.map { scalar in
            ("A"..."Z").contains(scalar) ? scalar.value + 32 : scalar.value
        }
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    /// The distance in slips, nil if it is above the limit. Entries of the table that are further from its diagonal
    /// than the limit cannot matter and are not computed.
    private static func slips(from source: [UInt32], to target: [UInt32], atMost limit: Int) -> Int? {
        guard limit >= 0, abs(source.count - target.count) <= limit else { return nil }
        let tooMany = limit + 1
        var beforeLast: [Int] = []
        var last = (0...target.count).map { min($0, tooMany) }
        for row in 0..<source.count {
            var current = [Int](repeating: tooMany, count: target.count + 1)
            current[0] = min(row + 1, tooMany)
            for column in max(0, row - limit)..<min(target.count, max(0, row + limit + 1)) {
                let isSame = source[row] == target[column]
                var slips = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                let isSwap =
                    row > 0 && column > 0 && source[row] == target[column - 1] && source[row - 1] == target[column]
                if isSwap { slips = min(slips, beforeLast[column - 1] + 1) }
                current[column + 1] = min(slips, tooMany)
            }
            (beforeLast, last) = (last, current)
        }
        return last[target.count] <= limit ? last[target.count] : nil
    }
}

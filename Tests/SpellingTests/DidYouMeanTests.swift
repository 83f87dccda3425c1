import PlumblineTestSupport
import Spelling
import Statistics
import Testing

struct DidYouMeanTests {
    private let verbs = ["mean", "median", "sum", "sd", "count", "where", "at_least", "at_most", "quantile"]

    @Test(arguments: [
        ("maen", "mean"), ("men", "mean"), ("meann", "mean"), ("Mean", "mean"), ("MEDIAN", "median"),
        ("meadian", "median"),
        ("wher", "where"), ("whree", "where"), ("cuont", "count"), ("atleast", "at_least"), ("at_lest", "at_least"),
        ("at-most", "at_most"), ("quantiel", "quantile"), ("quatnile", "quantile"), ("som", "sum"),
    ])
    func findsTypingSlips(_ typed: String, _ meant: String) {
        #expect(DidYouMean.nearest(to: typed, among: verbs) == meant)
    }

    @Test(arguments: ["", "x", "foo", "avg", "average", "mode", "filter", "percentile", "wmn", "stddev"])
    func doesNotGuessWildly(_ typed: String) {
        #expect(DidYouMean.nearest(to: typed, among: verbs) == nil)
    }

    @Test func findsColumns() {
        let columns = ["safety_1", "safety_2", "safety_10", "größe", "n"]
        #expect(DidYouMean.nearest(to: "saftey_1", among: columns) == "safety_1")
        #expect(DidYouMean.nearest(to: "safety1", among: columns) == "safety_1")
        #expect(DidYouMean.nearest(to: "grösse", among: columns) == "größe")
        #expect(DidYouMean.nearest(to: "m", among: columns) == nil)
    }

    @Test func decidesTiesByBytes() {
        let candidates = ["item_b", "item_c", "item_a"]
        for order in [candidates, candidates.reversed(), candidates.sorted()] {
            #expect(DidYouMean.nearest(to: "item_x", among: order) == "item_a")
        }
        #expect(DidYouMean.nearest(to: "mean", among: ["MEAN", "Mean"]) == "MEAN")
    }

    @Test func hasNothingToOfferWithoutCandidates() {
        #expect(DidYouMean.nearest(to: "mean", among: []) == nil)
    }

    @Test func proposesNothingForEndlessNames() {
        let name = String(repeating: "a", count: DidYouMean.maximumLength)
        #expect(DidYouMean.nearest(to: name, among: [name + "b"]) == name + "b")
        #expect(DidYouMean.nearest(to: name + "b", among: [name]) == nil)
    }

    /// Compares with the plain definition of the distance, computed in full.
    @Test func agreesWithThePlainDistance() {
        var random = SplitMix64(seed: 9)
        for _ in 0..<3000 {
            let word = { (random: inout SplitMix64) in
                String((0..<Int.random(in: 0...10, using: &random)).map { _ in random.pick(Array("abc")) })
            }
            let (typed, candidate) = (word(&random), word(&random))
            let length = typed.count
            let allowed = min(length <= 4 ? 1 : length <= 8 ? 2 : 3, length - 1)
            let isNear = plainDistance(Array(typed), Array(candidate)) <= allowed
            #expect((DidYouMean.nearest(to: typed, among: [candidate]) != nil) == isNear, "\(typed) \(candidate)")
        }
    }

    private func plainDistance(_ left: [Character], _ right: [Character]) -> Int {
        var table = [[Int]](repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
        for row in 0...left.count {
            for column in 0...right.count {
                if row == 0 || column == 0 {
                    table[row][column] = row + column
                    continue
                }
                let cost = left[row - 1] == right[column - 1] ? 0 : 1
                table[row][column] = min(
                    table[row - 1][column] + 1, table[row][column - 1] + 1, table[row - 1][column - 1] + cost)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    table[row][column] = min(table[row][column], table[row - 2][column - 2] + 1)
                }
            }
        }
        return table[left.count][right.count]
    }
}

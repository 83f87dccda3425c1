/// An adjustment of weights to known counts of the population. It takes that part out of a standard error which the
/// counts explain.
struct WeightAdjustment: Sendable {
    /// The margins that were met, one after the other.
    let margins: [Margin]
    /// How often the parts that the margins explain are taken out; more than once where margins overlap.
    let rounds: Int

    /// A margin: the category of each row, and how much each row weighs in its category's mean.
    struct Margin: Sendable {
        let categories: [Int]
        let categoryCount: Int
        /// By row, its weight after the adjustment.
        let adjusted: [Double]
        /// By row, its weight in the mean of its category.
        let inMean: [Double]

        /// Replaces w z by w (z - mean of z in the category).
        func center(_ influences: inout [Double]) {
            var sums = [Double](repeating: 0, count: categoryCount)
            var weights = sums
            for row in influences.indices where adjusted[row] > 0 {
                sums[categories[row]] += inMean[row] * influences[row] / adjusted[row]
                weights[categories[row]] += inMean[row]
            }
            for row in influences.indices where adjusted[row] > 0 {
                influences[row] -= adjusted[row] * sums[categories[row]] / weights[categories[row]]
            }
        }
    }

    func removeExplained(from influences: inout [Double]) {
        for _ in 0..<rounds {
            for margin in margins { margin.center(&influences) }
        }
    }
}

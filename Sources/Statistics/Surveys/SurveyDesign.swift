/// How a survey's sample was drawn, and how its weights were adjusted since: all that a standard error needs.
///
/// A row stands for one sampled unit. The first stage counts: units of one cluster (primary sampling unit) are taken
/// together, and clusters are drawn within strata, with replacement or, where the strata's population sizes are given,
/// without. The variances are those of Taylor linearisation with this ultimate-cluster rule, as in R's
/// `svydesign(~cluster, strata = ~stratum, weights = ~w, fpc = ~size)`.
///
/// A row outside a domain, or whose value is missing, stays in the sample with a weight of 0: it still tells how many
/// clusters were drawn.
///
/// Source: K. M. Wolter, "Introduction to Variance Estimation" (2nd ed., 2007), chapter 6; T. Lumley, "Complex
/// Surveys" (2010).
public struct SurveyDesign: Sendable {
    /// One weight per row.
    public let weights: [Double]
    /// By row, its cluster, numbered from 0 over all strata.
    let clusterOfRow: [Int]
    /// By cluster, its stratum.
    let stratumOfCluster: [Int]
    let strata: [Stratum]
    let lonely: LonelyCluster
    /// The adjustments since, in their order.
    var adjustments: [WeightAdjustment] = []

    /// The clusters of a stratum.
    struct Stratum: Sendable {
        /// How many were drawn.
        var clusterCount = 0
        /// How many there are; infinite where they are drawn with replacement.
        var populationSize = Double.infinity
    }

    /// What a stratum with a single cluster adds to a variance: within it nothing can be learned about the spread.
    public enum LonelyCluster: String, CaseIterable, Codable, Hashable, Sendable {
        /// The variance is undefined.
        case undefined
        /// Nothing, as if the cluster were certain to be drawn.
        case certain
        /// Its squared difference from the mean of all clusters: too much rather than too little.
        case centered
    }

    /// A design.
    ///
    /// - Parameters:
    ///   - weights: one weight per row: how many units of the population it stands for. 0 keeps the row in the sample.
    ///   - strata: the stratum of each row; empty for a single one.
    ///   - clusters: the cluster of each row, numbered within its stratum or over all; empty where each row is drawn
    ///     on its own.
    ///   - populationSizes: how many clusters the stratum of each row has in the population; empty for draws with
    ///     replacement.
    ///   - lonely: what a stratum with a single cluster adds.
    /// - Throws: ``SurveyProblem`` where these make no design.
    /// - Precondition: as many strata, clusters and sizes as weights, unless there are none.
    public init(
        weights: Span<Double>, strata: Span<Int32> = Span(), clusters: Span<Int32> = Span(),
        populationSizes: Span<Double> = Span(), lonely: LonelyCluster = .undefined
    ) throws(SurveyProblem) {
        let count = weights.count
        precondition(strata.isEmpty || strata.count == count, "\(count) weights but \(strata.count) strata")
        precondition(clusters.isEmpty || clusters.count == count, "\(count) weights but \(clusters.count) clusters")
        precondition(
            populationSizes.isEmpty || populationSizes.count == count,
            "\(count) weights but \(populationSizes.count) population sizes")
        try SurveyProblem.check(weights)
        var numbering = ClusterNumbering()
        for row in 0..<count {
            try numbering.place(
                row, stratum: strata.isEmpty ? 0 : strata[row], cluster: clusters.isEmpty ? Int32(row) : clusters[row],
                populationSize: populationSizes.isEmpty ? .infinity : populationSizes[row])
        }
        try numbering.checkSizes()
        self.weights = Array(capacity: count) { output in
            for row in 0..<count { output.append(weights[row]) }
        }
        clusterOfRow = numbering.clusterOfRow
        stratumOfCluster = numbering.stratumOfCluster
        self.strata = numbering.strata
        self.lonely = lonely
    }

    /// Every row drawn on its own, each standing for one unit.
    public init(unweighted count: Int) throws(SurveyProblem) {
        let weights = [Double](repeating: 1, count: count)
        try self.init(weights: weights.span)
    }

    /// The same sample with other weights, which count as given: standard errors do not know how they were made.
    ///
    /// - Throws: ``SurveyProblem`` where a weight cannot be used.
    /// - Precondition: one weight per row.
    public func reweighted(_ weights: [Double]) throws(SurveyProblem) -> SurveyDesign {
        precondition(weights.count == rowCount, "\(weights.count) weights for \(rowCount) rows")
        try SurveyProblem.check(weights.span)
        return SurveyDesign(self, weights: weights, adjustment: nil)
    }

    init(_ design: SurveyDesign, weights: [Double], adjustment: WeightAdjustment?) {
        self.weights = weights
        clusterOfRow = design.clusterOfRow
        stratumOfCluster = design.stratumOfCluster
        strata = design.strata
        lonely = design.lonely
        adjustments = design.adjustments + (adjustment.map { [$0] } ?? [])
    }

    /// How many rows there are.
    public var rowCount: Int { weights.count }

    /// The design's degrees of freedom: clusters less strata.
    public var degreesOfFreedom: Int { stratumOfCluster.count - strata.count }
}

/// Gives the clusters and strata of a sample numbers in the order in which they are met.
private struct ClusterNumbering {
    var clusterOfRow: [Int] = []
    var stratumOfCluster: [Int] = []
    var strata: [SurveyDesign.Stratum] = []
    private var stratumNumbers: [Int32: Int] = [:]
    private var stratumCodes: [Int32] = []
    private var clusterNumbers: [SIMD2<Int32>: Int] = [:]

    mutating func place(
        _ row: Int, stratum code: Int32, cluster: Int32, populationSize: Double
    ) throws(SurveyProblem) {
        guard code >= 0, cluster >= 0 else { throw .unknownStratumOrCluster(row: row) }
        let stratum = stratumNumbers[code] ?? strata.count
        if stratum == strata.count {
            stratumNumbers[code] = stratum
            stratumCodes.append(code)
            strata.append(.init(populationSize: populationSize))
        }
        guard strata[stratum].populationSize == populationSize else { throw .unequalPopulationSizes(row: row) }
        let key = SIMD2(code, cluster)
        let number = clusterNumbers[key] ?? stratumOfCluster.count
        if number == stratumOfCluster.count {
            clusterNumbers[key] = number
            stratumOfCluster.append(stratum)
            strata[stratum].clusterCount += 1
        }
        clusterOfRow.append(number)
    }

    func checkSizes() throws(SurveyProblem) {
        for (stratum, code) in zip(strata, stratumCodes)
        where stratum.populationSize < Double(stratum.clusterCount) {
            throw .populationSmallerThanSample(stratum: code)
        }
    }
}

/// How reliably a scale measures: Cronbach's alpha and its relatives, all from the covariances of the items.
public struct ScaleReliability: Sendable {
    /// How many persons answered every item (listwise) or any item (pairwise).
    public var persons: Int { alpha.persons }
    /// How many items the scale has.
    public var items: Int { alpha.items }
    /// Cronbach's alpha.
    public let alpha: CronbachAlpha

    let source: ItemCovariances

    /// The reliability of a scale.
    ///
    /// Undefined for fewer than two items, for fewer than two persons with the answers needed, and where the sum of the
    /// items does not vary.
    public init(_ answers: AnswerTable, missing: MissingAnswers = .listwise) throws(Undefined) {
        let source = try ItemCovariances(answers, missing: missing)
        alpha = try CronbachAlpha(source)
        self.source = source
    }

    /// Which correlations stand for the items in standardized alpha.
    public enum Standardization: String, CaseIterable, Codable, Hashable, Sendable {
        /// The correlations of the items; pairwise, those of each pair's own persons.
        case correlations
        /// The covariances over the items' own standard deviations, which is the same listwise. Pairwise, the deviations
        /// are those of all who answered the item (the way of R's psych::alpha).
        case rescaledCovariances = "rescaled_covariances"
    }

    /// Alpha of the standardized items, computed from correlations.
    public func standardizedAlpha(from standardization: Standardization = .correlations) throws(Undefined) -> Double {
        let rescaled = ItemCovariances.rescaled(source.covariances)
        return try CronbachAlpha.value(
            of: try varying(standardization == .correlations ? source.correlations : rescaled))
    }

    /// The mean of the correlations between different items.
    public func meanInterItemCorrelation() throws(Undefined) -> Double {
        let correlations = try varying(source.correlations)
        return (correlations.sum - Double(items)) / Double(items * (items - 1))
    }

    /// The variance of the sum of the items.
    public var totalVariance: Double { source.covariances.sum }

    /// The standard deviation of the sum of the items.
    public var totalStandardDeviation: Double { totalVariance.squareRoot() }

    /// The standard error of measurement of the sum: its standard deviation times √(1 - alpha).
    public var standardErrorOfMeasurement: Double { totalStandardDeviation * (1 - alpha.value).squareRoot() }

    /// Guttman's lambda 2, on covariances.
    ///
    /// Source: L. Guttman, "A basis for analyzing test-retest reliability", Psychometrika 10 (1945).
    public var lambda2: Double {
        let covariances = source.covariances
        let squares = covariances.map { $0 * $0 }
        let k = Double(items)
        let between = covariances.sum - covariances.trace
        return (between + (k / (k - 1) * (squares.sum - squares.trace)).squareRoot()) / totalVariance
    }

    /// Guttman's lambda 6, on correlations: 1 - Σ (1 - squared multiple correlation of the item with the others) / the
    /// sum of all correlations.
    public func lambda6() throws(Undefined) -> Double {
        let correlations = try varying(source.correlations)
        guard let inverse = Cholesky(correlations)?.inverse else {
            throw Undefined("lambda 6 needs items of which none is a combination of the others")
        }
        return 1 - inverse.diagonal.reduce(0) { $0 + 1 / $1 } / correlations.sum
    }

    /// The correlations, which need items that vary.
    func varying(_ correlations: Matrix?) throws(Undefined) -> Matrix {
        guard let correlations else { throw Undefined("an item was answered the same by everybody") }
        return correlations
    }
}

extension ScaleReliability {
    /// The ways to fit one factor to the items. The raw value is the name in a feed.
    public enum Factoring: String, CaseIterable, Codable, Hashable, Sendable {
        /// Maximum likelihood on the covariances (what a one-factor confirmatory analysis does).
        case maximumLikelihood = "ml"
        /// Least squares of the residual correlations off the diagonal, on correlations: omega of standardized items.
        case minimumResidual = "minres"
    }

    /// McDonald's omega for one factor: (Σ loadings)² / ((Σ loadings)² + Σ unique variances).
    ///
    /// Undefined for fewer than three items, and where one factor cannot be fitted.
    ///
    /// Source: R. P. McDonald, "Test Theory" (1999), chapter 6.
    public func omega(_ factoring: Factoring = .maximumLikelihood) throws(Undefined) -> Double {
        guard items > 2 else { throw Undefined("omega needs at least three items") }
        let correlations = try varying(source.correlations)
        switch factoring {
        case .minimumResidual:
            let model = try OneFactor(minimumResidual: correlations)
            return try Self.omega(model, deviations: [Double](repeating: 1, count: items))
        case .maximumLikelihood:
            // The estimates keep step with the scale of the items, so that correlations do, and condition better.
            let model = try OneFactor(maximumLikelihood: correlations)
            return try Self.omega(model, deviations: source.covariances.diagonal.map { $0.squareRoot() })
        }
    }

    private static func omega(_ model: OneFactor, deviations: [Double]) throws(Undefined) -> Double {
        let common = zip(model.loadings, deviations).reduce(0) { $0 + $1.0 * $1.1 }
        let unique = zip(model.uniquenesses, deviations).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
        let total = common * common + unique
        guard total > 0 else { throw OneFactor.doesNotFit }
        return common * common / total
    }
}

extension LinearModel {
    /// A coefficient with its error.
    ///
    /// - Throws: ``Undefined`` where there is no such term, and where the data do not allow errors of this kind.
    public func estimate(_ term: String, errors: RegressionErrors) throws(Undefined) -> RegressionEstimate {
        try estimate(of: [term: 1], errors: errors)
    }

    /// A weighted sum of coefficients with its error: for a segmented series, the effect after a while.
    ///
    /// - Throws: ``Undefined`` as for one coefficient.
    public func estimate(
        of weights: [String: Double], errors: RegressionErrors
    ) throws(Undefined) -> RegressionEstimate {
        var contrast = [Double](repeating: 0, count: terms.count)
        for (term, weight) in weights {
            guard let index = terms.firstIndex(of: term) else { throw Undefined("the regression has no term \(term)") }
            contrast[index] = weight
        }
        let error = try ContrastError(self, contrast, errors)
        return RegressionEstimate(
            value: try zip(contrast, coefficients).reduce(0) { $0 + $1.0 * $1.1 }.finite(or: "the estimate"),
            standardError: try max(error.variance, 0).squareRoot().finite(or: "the standard error"),
            degreesOfFreedom: error.degreesOfFreedom, errors: errors)
    }
}

/// The variance of a combination of coefficients.
///
/// The estimate is a weighted sum Σ w y of the response, with w = Q (R')⁻¹ c. All robust variances are quadratic forms in
/// the products w e of these weights with the residuals, so that no matrix of variances has to be formed.
private struct ContrastError {
    let variance: Double
    let degreesOfFreedom: Double

    init(_ model: LinearModel, _ contrast: [Double], _ errors: RegressionErrors) throws(Undefined) {
        let loads = model.factors.solveTransposed(contrast)
        let weights = model.basis * loads
        let scores = zip(weights, model.residuals).map { $0 * $1 }
        let (n, free) = (Double(model.observations), Double(model.residualDegreesOfFreedom))
        switch errors {
        case .classical:
            variance = model.residualSquares / free * Self.squares(loads)
            degreesOfFreedom = free
        case .hc1:
            variance = Self.squares(scores) * n / free
            degreesOfFreedom = free
        case .hc3:
            variance = Self.squares(try Self.unleveraged(scores, model))
            degreesOfFreedom = free
        case .cr0, .cr1:
            let clusters = try Self.clusters(of: model)
            let groups = Double(clusters.count)
            let correction = errors == .cr1 ? groups / (groups - 1) * (n - 1) / free : 1
            variance = Self.squares(clusters.sums(scores)) * correction
            degreesOfFreedom = groups - 1
        case .cr2:
            (variance, degreesOfFreedom) = try BiasReducedVariance.of(
                loads, model, clusters: try Self.clusters(of: model))
        case .neweyWest(let lag, let corrected):
            guard lag >= 0 else { throw Undefined("the lag of Newey and West's error is 0 or more") }
            variance = Self.autocorrelated(scores, model, lag: lag) * (corrected ? n / free : 1)
            degreesOfFreedom = free
        }
    }

    private static func squares(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }

    private static func clusters(of model: LinearModel) throws(Undefined) -> Groups {
        guard let clusters = model.clusters else { throw Undefined("errors by cluster need the clusters of the rows") }
        guard clusters.count > 1 else { throw Undefined("errors by cluster need at least two clusters") }
        return clusters
    }

    private static func unleveraged(_ scores: [Double], _ model: LinearModel) throws(Undefined) -> [Double] {
        let free = (0..<model.observations).map { row in
            var rest = 1.0
            for column in 0..<model.basis.columns { rest -= model.basis[row, column] * model.basis[row, column] }
            return model.effects.map { rest - 1 / Double($0.sizes[$0.indices[row]]) } ?? rest
        }
        guard free.allSatisfy({ $0 > 1e-10 }) else {
            throw Undefined("a row of the regression stands alone in a column, so that its residual says nothing")
        }
        return zip(scores, free).map { $0 / $1 }
    }

    /// Rows that were left out keep their place in time: nothing hangs together with them.
    private static func autocorrelated(_ scores: [Double], _ model: LinearModel, lag: Int) -> Double {
        var placed = [Double](repeating: 0, count: model.rowCount)
        for (row, score) in zip(model.rows, scores) { placed[row] = score }
        return (1...max(lag, 1)).prefix(lag).reduce(squares(placed)) { sum, distance in
            let products = zip(placed, placed.dropFirst(distance)).reduce(0) { $0 + $1.0 * $1.1 }
            return sum + 2 * (1 - Double(distance) / Double(lag + 1)) * products
        }
    }
}

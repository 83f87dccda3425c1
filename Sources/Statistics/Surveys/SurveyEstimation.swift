extension SurveyDesign {
    /// The weighted mean Σ w x / Σ w of the rows that have a value (not NaN); of 1 and 0, the weighted share. Nil where
    /// no row with a weight above 0 has one.
    ///
    /// - Precondition: one value per row.
    public func mean(of values: Span<Double>) -> SurveyEstimate? {
        let sums = WeightedSums(values, weights)
        guard let mean = (sums.products / sums.weights).finite else { return nil }
        return estimate(mean, sums) { row in
            values[row].isNaN ? 0 : weights[row] * (values[row] - mean) / sums.weights
        }
    }

    /// The weighted total Σ w x of the rows that have a value; nil where no row with a weight above 0 has one.
    ///
    /// - Precondition: one value per row.
    public func total(of values: Span<Double>) -> SurveyEstimate? {
        let sums = WeightedSums(values, weights)
        guard sums.count > 0, let total = sums.products.finite else { return nil }
        return estimate(total, sums, simpleScale: sums.weights) { row in
            values[row].isNaN ? 0 : weights[row] * values[row]
        }
    }

    /// The estimated variance of the values in the population, n / (n - 1) Σ w (x - mean)² / Σ w over the n rows with a
    /// value and a weight above 0, as in R's `svyvar`; nil for fewer than two.
    ///
    /// - Precondition: one value per row.
    public func variance(of values: Span<Double>) -> Double? {
        WeightedSums(values, weights).variance
    }

    /// An estimate whose variance is that of the total of `influence` over the rows.
    private func estimate(
        _ value: Double, _ sums: WeightedSums, simpleScale: Double = 1, influence: (Int) -> Double
    ) -> SurveyEstimate {
        var influences = (0..<rowCount).map(influence)
        for adjustment in adjustments { adjustment.removeExplained(from: &influences) }
        return SurveyEstimate(
            count: sums.count, value: value,
            standardError: totalVariance(influences).flatMap { $0.squareRoot().finite },
            degreesOfFreedom: degreesOfFreedom,
            simpleVariance: sums.variance.map { $0 / Double(sums.count) * simpleScale * simpleScale },
            unsampledShare: 1 - Double(sums.count) / sums.weights, rowCount: rowCount)
    }

    /// The variance of Σ z over the rows: Σ over strata of (1 - n/N) n/(n - 1) Σ (z_c - mean z)², where z_c is the sum
    /// of z in cluster c and n and N count the clusters in the sample and in the population.
    private func totalVariance(_ z: [Double]) -> Double? {
        var totals = [Double](repeating: 0, count: stratumOfCluster.count)
        for row in z.indices { totals[clusterOfRow[row]] += z[row] }
        var sums = [Double](repeating: 0, count: strata.count)
        for cluster in totals.indices { sums[stratumOfCluster[cluster]] += totals[cluster] }
        let grandMean = sums.reduce(0, +) / Double(totals.count)
        var squares = [Double](repeating: 0, count: strata.count)
        for cluster in totals.indices {
            let stratum = strata[stratumOfCluster[cluster]]
            let isCentered = stratum.clusterCount == 1 && lonely == .centered
            let center = isCentered ? grandMean : sums[stratumOfCluster[cluster]] / Double(stratum.clusterCount)
            squares[stratumOfCluster[cluster]] += (totals[cluster] - center) * (totals[cluster] - center)
        }
        var variance = 0.0
        for (stratum, square) in zip(strata, squares) {
            guard let factor = factor(of: stratum) else { return nil }
            variance += factor * square
        }
        return variance
    }

    /// (1 - n/N) n/(n - 1). A stratum that is sampled in full varies no more, however few clusters it has.
    private func factor(of stratum: Stratum) -> Double? {
        let n = Double(stratum.clusterCount)
        let unsampled = 1 - n / stratum.populationSize
        guard stratum.clusterCount == 1 else { return unsampled * n / (n - 1) }
        if unsampled == 0 { return 0 }
        switch lonely {
        case .undefined: return nil
        case .certain: return 0
        case .centered: return unsampled
        }
    }
}

/// The sums over the rows that have a value and a weight above 0.
private struct WeightedSums {
    private(set) var count = 0
    private(set) var weights = 0.0
    private(set) var products = 0.0
    /// n / (n - 1) Σ w (x - mean)² / Σ w; nil for fewer than two rows.
    private(set) var variance: Double?

    init(_ values: Span<Double>, _ allWeights: [Double]) {
        precondition(values.count == allWeights.count, "\(allWeights.count) weights but \(values.count) values")
        var (weightSum, productSum) = (CompensatedSum(), CompensatedSum())
        for row in values.indices where !values[row].isNaN && allWeights[row] > 0 {
            count += 1
            weightSum.add(allWeights[row])
            productSum.add(allWeights[row] * values[row])
        }
        weights = weightSum.value
        products = productSum.value
        guard count > 1 else { return }
        let mean = products / weights
        var squares = CompensatedSum()
        for row in values.indices where !values[row].isNaN && allWeights[row] > 0 {
            squares.add(allWeights[row] * (values[row] - mean) * (values[row] - mean))
        }
        variance = (squares.value / weights * (Double(count) / Double(count - 1))).finite
    }
}

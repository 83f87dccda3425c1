extension RegressionDesign {
    /// The segmented regression of an interrupted time series: a trend `time` = 1...n, a jump `level` from the
    /// interruption on, and a change of trend `slope`, which counts the positions since the interruption and is 0 there.
    /// Seasons can be added as categories.
    ///
    /// Source: A. K. Wagner, S. B. Soumerai, F. Zhang, D. Ross-Degnan, Journal of Clinical Pharmacy and Therapeutics 27
    /// (2002).
    ///
    /// - Parameters:
    ///   - values: one per period in time order; missing ones keep their place.
    ///   - interruption: the position of the first value after it, counted from 0.
    public static func interruptedSeries(_ values: Span<Double>, interruption: Int) -> RegressionDesign {
        var design = RegressionDesign(response: values)
        design.add("time", values.indices.map { Double($0 + 1) })
        design.add("level", values.indices.map { $0 >= interruption ? 1 : 0 })
        design.add("slope", values.indices.map { Double(max($0 - interruption, 0)) })
        return design
    }
}

extension LinearModel {
    /// The effect of an interruption at a position of the series, counted from 0: the fitted value less what the trend
    /// before would have led to.
    ///
    /// - Throws: ``Undefined`` where the model is none of an interrupted series, and where the data do not allow errors
    ///   of this kind.
    public func effect(
        at position: Int, interruption: Int, errors: RegressionErrors
    ) throws(Undefined) -> RegressionEstimate {
        try estimate(of: ["level": 1, "slope": Double(position - interruption)], errors: errors)
    }

    /// Σ e[i] e[i + 1] / Σ e² of the residuals in time order, over neighbours that are both there; nil where all are 0.
    public var residualAutocorrelation: Double? {
        residualSquares > 0 ? (neighbours { $0 * $1 } / residualSquares).finite : nil
    }

    /// Durbin and Watson's statistic Σ (e[i + 1] - e[i])² / Σ e², over neighbours that are both there: about 2 where they
    /// are independent, below where they hang together; nil where all are 0.
    ///
    /// Source: J. Durbin & G. S. Watson, Biometrika 37 (1950).
    public var durbinWatson: Double? {
        residualSquares > 0 ? (neighbours { ($1 - $0) * ($1 - $0) } / residualSquares).finite : nil
    }

    private func neighbours(_ combine: (Double, Double) -> Double) -> Double {
        zip(rows.indices, rows.indices.dropFirst()).reduce(0) { sum, pair in
            rows[pair.0] + 1 == rows[pair.1] ? sum + combine(residuals[pair.0], residuals[pair.1]) : sum
        }
    }
}

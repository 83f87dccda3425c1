extension MeanDifference {
    /// Welch's t: the difference over its standard error; nil where the degrees of freedom are.
    public var statistic: Double? {
        guard let value, let standardError, standardError > 0 else { return nil }
        return (value / standardError).finite
    }

    /// The probability of such a difference or a larger one in either direction, were the means equal; nil where the
    /// degrees of freedom are.
    public var pValue: Double? {
        guard let statistic, let degreesOfFreedom else { return nil }
        return StudentT(degreesOfFreedom: degreesOfFreedom)?.twoSidedTail(statistic)
    }
}

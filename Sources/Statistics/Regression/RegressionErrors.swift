/// The standard errors of a regression's coefficients, by what they allow for.
public enum RegressionErrors: Hashable, Sendable {
    /// Errors independent and of one variance.
    case classical
    /// Independent errors of unequal variances (H. White, Econometrica 48, 1980), times n / (n - k).
    case hc1
    /// The same with each residual divided by one less than its leverage (J. G. MacKinnon & H. White, Journal of
    /// Econometrics 29, 1985).
    case hc3
    /// Errors that hang together within clusters, uncorrected (K.-Y. Liang & S. L. Zeger, Biometrika 73, 1986).
    case cr0
    /// The same times G / (G - 1) (N - 1) / (N - k), as Stata has it: tests on G - 1 degrees of freedom.
    case cr1
    /// The same with residuals that the fit has not made too small, for few clusters: tests on Satterthwaite's degrees of
    /// freedom (R. M. Bell & D. F. McCaffrey, Survey Methodology 28, 2002; J. E. Pustejovsky & E. Tipton, Journal of
    /// Business & Economic Statistics 36, 2018).
    case cr2
    /// Errors in time order that hang together up to a lag, with Bartlett's weights 1 - j / (lag + 1) and no
    /// prewhitening (W. K. Newey & K. D. West, Econometrica 55, 1987), `corrected` by n / (n - k).
    case neweyWest(lag: Int, corrected: Bool)

    /// The same among the methods of all estimates.
    public var intervalMethod: IntervalMethod {
        switch self {
        case .classical: .regressionT
        case .hc1, .hc3: .heteroskedastic
        case .cr0: .clusterCR0
        case .cr1: .clusterCR1
        case .cr2: .clusterCR2
        case .neweyWest: .neweyWest
        }
    }
}

/// A coefficient of a regression, or a combination of several, with its error.
public struct RegressionEstimate: Equatable, Sendable {
    /// The estimate.
    public let value: Double
    /// Its standard error.
    public let standardError: Double
    /// The degrees of freedom of its t.
    public let degreesOfFreedom: Double
    /// What the error allows for.
    public let errors: RegressionErrors

    /// The estimate over its error; nil where the error is 0.
    public var t: Double? { standardError > 0 ? (value / standardError).finite : nil }

    /// The probability of such a t or a larger one in either direction, were the true value 0; nil where t is.
    public var p: Double? { t.flatMap { StudentT(degreesOfFreedom: degreesOfFreedom)?.twoSidedTail($0) } }

    /// Student's interval; nil where the degrees of freedom allow none.
    public func interval(level: ConfidenceLevel = .percent95) -> Interval? {
        guard let deviate = StudentT(degreesOfFreedom: degreesOfFreedom)?.upperQuantile(level.tail) else { return nil }
        return Interval(center: value, margin: deviate * standardError, level: level, method: errors.intervalMethod)
    }
}

/// Events counted over an exposure: days, visits, pupils, anything that grows with the opportunity for an event.
public struct EventRate: Hashable, Sendable {
    /// The events, 0 or more.
    public let events: Int
    /// The exposure, above 0, in the unit the rate is per.
    public let exposure: Double

    /// A rate, or nil unless events ≥ 0 and the exposure is finite and above 0.
    public init?(events: Int, exposure: Double) {
        guard events >= 0, exposure > 0, exposure.isFinite else { return nil }
        self.events = events
        self.exposure = exposure
    }

    /// Events per unit of exposure.
    public var value: Double? { (Double(events) / exposure).finite }

    /// The exact interval of a Poisson rate.
    ///
    /// Source: F. Garwood, Biometrika 28 (1936): half of chi-squared quantiles on 2 x and 2 x + 2 degrees of freedom,
    /// which are quantiles of gamma distributions of shape x and x + 1.
    public func interval(level: ConfidenceLevel = .percent95) -> Interval? {
        let count = Double(events)
        guard let low = events == 0 ? 0 : Gamma(shape: count)?.quantile(level.tail),
            let high = Gamma(shape: count + 1)?.upperQuantile(level.tail)
        else { return nil }
        return Interval(low: low / exposure, high: high / exposure, level: level, method: .garwood)
    }
}

/// The count, sum and sum of squared deviations of a column: all that means, variances and their intervals need.
///
/// Missing values (NaN) are skipped. Moments of parts can be merged into the moments of the whole.
///
/// Every answer is a finite number or nil. A sum beyond 1.8e308 is nil, and so is a variance whose squares leave that
/// range (deviations above 1e154); deviations below 1e-154 have squares of 0.
public struct Moments: Equatable, Sendable {
    /// How many values are present.
    public private(set) var count = 0
    private(set) var total = CompensatedSum()
    private var squaredDeviations = 0.0

    /// The moments of nothing.
    public init() {}

    /// The moments of the values present, in two passes: the sum first, then the deviations from the mean.
    ///
    /// Source: the corrected two-pass algorithm (T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for computing
    /// the sample variance", The American Statistician 37, 1983). The correction comes from the compensated sum, which
    /// knows what the rounded mean lacks.
    public init(_ values: Span<Double>) {
        self.init(values, transform: { $0 })
    }

    /// The moments of the values after an elementwise transformation that leaves NaN alone.
    @inline(__always)
    init(_ values: Span<Double>, transform: (Lanes) -> Lanes) {
        var present = LaneCount()
        var sum = LaneSum()
        for start in values.laneStarts {
            let x = transform(values.lanes(from: start))
            present.add(x.isPresent)
            sum.add(x.orZero(where: x.isPresent))
        }
        let (count, total) = (present.total, sum.total)
        guard count > 0 else {
            self.init()
            return
        }

        let center = total.divided(by: count)
        var squares = LaneSum()
        for start in values.laneStarts {
            let x = transform(values.lanes(from: start))
            let deviation = (x - center.quotient).orZero(where: x.isPresent)
            squares.add(deviation * deviation)
        }
        self.init(count: count, total: total, squaredDeviations: squares.total.value)
    }

    /// The moments of values whose sum and squares are known.
    ///
    /// - Parameter squaredDeviations: Σ (x - mean)², the mean being the sum divided by the count and rounded.
    init(count: Int, total: CompensatedSum, squaredDeviations: Double) {
        self.count = count
        self.total = total
        let error = total.divided(by: max(count, 1)).error
        self.squaredDeviations = max(squaredDeviations - Double(count) * error * error, 0)
    }

    /// The mean of `other` less this one, with the digits that rounding took from both; NaN where either is empty.
    func meanDifference(to other: Moments) -> Double {
        let (center, otherCenter) = (total.divided(by: count), other.total.divided(by: other.count))
        return (otherCenter.quotient - center.quotient) + (otherCenter.error - center.error)
    }

    /// Takes in the moments of further values.
    ///
    /// Source: T. F. Chan, G. H. Golub, R. J. LeVeque (1983), formula 2.1b.
    public mutating func merge(_ other: Moments) {
        guard count > 0, other.count > 0 else {
            if count == 0 { self = other }
            return
        }
        let difference = meanDifference(to: other)
        let (n, m) = (Double(count), Double(other.count))
        squaredDeviations += other.squaredDeviations + difference * difference * (n / (n + m)) * m
        count += other.count
        total.add(other.total)
    }

    /// The moments of both.
    public func merging(_ other: Moments) -> Moments {
        var merged = self
        merged.merge(other)
        return merged
    }
}

extension Moments {
    /// The sum; nil of nothing.
    public var sum: Double? { count > 0 ? total.value.finite : nil }

    /// The arithmetic mean, rounded once; nil of nothing.
    public var mean: Double? { count > 0 ? total.mean(of: count).finite : nil }

    /// Σ (x - mean)²; nil of nothing.
    public var sumOfSquaredDeviations: Double? { count > 0 ? squaredDeviations.finite : nil }

    /// The sample variance, with denominator n - 1; nil for fewer than two values.
    public var variance: Double? {
        count > 1 ? (squaredDeviations / Double(count - 1)).finite : nil
    }

    /// The sample standard deviation, with denominator n - 1; nil for fewer than two values.
    public var standardDeviation: Double? { variance?.squareRoot() }

    /// The standard error of the mean, sd / √n; nil for fewer than two values.
    public var standardError: Double? { variance.map { ($0 / Double(count)).squareRoot() } }

    /// The coefficient of variation, sd / mean; nil for fewer than two values or a mean of 0.
    public var coefficientOfVariation: Double? {
        guard let mean, let standardDeviation else { return nil }
        return (standardDeviation / mean).finite
    }

    /// Student's t interval of the mean on n - 1 degrees of freedom; nil for fewer than two values.
    public func meanInterval(level: ConfidenceLevel = .percent95) -> Interval? {
        guard let deviate = Self.deviate(count: count, level: level) else { return nil }
        return meanInterval(level: level, deviate: deviate)
    }

    /// The same with the deviate that ``deviate(count:level:)`` gives for this count, for callers that keep it.
    public func meanInterval(level: ConfidenceLevel, deviate: Double) -> Interval? {
        guard let mean, let standardError else { return nil }
        return Interval(center: mean, margin: deviate * standardError, level: level, method: .t)
    }

    /// Student's deviate for the mean of so many values; nil for fewer than two.
    public static func deviate(count: Int, level: ConfidenceLevel) -> Double? {
        guard count > 1 else { return nil }
        return StudentT(degreesOfFreedom: Double(count - 1))?.upperQuantile(level.tail)
    }
}

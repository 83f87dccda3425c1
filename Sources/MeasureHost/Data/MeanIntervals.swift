import Statistics

/// Student's intervals of means. The deviate of a number of values is solved for once: many groups are of one size.
final class MeanIntervals {
    private var deviates: [Int: Double] = [:]

    func interval(_ moments: Moments, level: ConfidenceLevel) -> Interval? {
        guard moments.count > 1, let deviate = deviate(moments.count, level) else { return nil }
        return moments.meanInterval(level: level, deviate: deviate)
    }

    private func deviate(_ count: Int, _ level: ConfidenceLevel) -> Double? {
        // One level is in use; another would need a place of its own.
        guard level == .percent95 else { return Moments.deviate(count: count, level: level) }
        if let known = deviates[count] { return known }
        let deviate = Moments.deviate(count: count, level: level)
        deviates[count] = deviate
        return deviate
    }
}

public import CivilCalendar

/// When days begin in the workspace's time zone: what a worker, which knows no zones, needs to compare a time with a day.
public struct DayStarts: Hashable, Sendable {
    /// The offset from UTC that holds from a moment on.
    public struct Step: Hashable, Sendable {
        /// Microseconds since 1970 UTC.
        public var from: Int64
        /// Seconds east of UTC.
        public var offsetSeconds: Int

        /// An offset from a moment on.
        public init(from: Int64, offsetSeconds: Int) {
            self.from = from
            self.offsetSeconds = offsetSeconds
        }
    }

    /// The offsets in order of time; the first holds before it, too.
    public var steps: [Step]

    /// Offsets in order of time.
    public init(steps: [Step]) {
        self.steps = steps
    }

    /// Days that begin at midnight UTC.
    public static let utc = DayStarts(steps: [])

    /// The first moment of a day, in microseconds since 1970 UTC: midnight, or when clocks that go forward at midnight
    /// have done so.
    public func instant(of day: CivilDate) -> Int64 {
        let midnight = Int64(day.day) * CivilTime.microsecondsPerDay
        for (index, step) in steps.enumerated() {
            let start = midnight - Int64(step.offsetSeconds) * 1_000_000
            let reached = index == 0 ? start : max(start, step.from)
            let end = index + 1 < steps.count ? steps[index + 1].from : .max
            if reached < end { return reached }
        }
        return midnight
    }
}

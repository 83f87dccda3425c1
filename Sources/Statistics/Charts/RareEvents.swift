/// The gaps between rare events, which g and t charts show.
public enum RareEvents {
    /// The cases without the event before each event, in time order. The first gap counts from the first case; what
    /// follows the last event is no gap yet and is left out. A case of which it is not known whether it had the event
    /// (NaN) makes its gap unknown.
    ///
    /// - Parameter events: one value per case in time order; other than 0 where it had the event.
    public static func casesBetween(_ events: Span<Double>) -> [Double] {
        var gaps: [Double] = []
        var gap = 0.0
        for index in events.indices {
            if events[index].isNaN || events[index] == 0 {
                gap += events[index].isNaN ? .nan : 1
            } else {
                gaps.append(gap)
                gap = 0
            }
        }
        return gaps
    }

    /// The times between successive events, in the unit of the times; one less than there are events.
    ///
    /// - Parameter times: when each event happened, ascending. Events without a time (NaN) make the gaps on either side
    ///   unknown.
    public static func timeBetween(_ times: Span<Double>) -> [Double] {
        times.indices.dropFirst().map { times[$0] - times[$0 - 1] }
    }
}

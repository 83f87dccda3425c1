/// Why an estimate has no value: the end of the sentence "there is no number, because ...".
///
/// A reason speaks of what was needed, never of what was there, so that it may be published beside a suppressed cell.
public struct Undefined: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was missing, in plain English without a full stop: "alpha needs at least two items".
    public let reason: String

    /// An estimate without a value.
    public init(_ reason: String) {
        self.reason = reason
    }

    /// The reason.
    public var description: String { reason }

    /// Numbers too large to compute with, or infinite ones.
    static func overflow(_ what: String) -> Undefined {
        Undefined("\(what) leaves the range of numbers: the values are infinite or too large")
    }
}

extension Double {
    /// The number itself where it is finite.
    func finite(or what: @autoclosure () -> String) throws(Undefined) -> Double {
        guard isFinite else { throw .overflow(what()) }
        return self
    }
}

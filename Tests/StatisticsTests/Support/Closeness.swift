import Testing

/// True where two numbers agree to a relative tolerance, or within an absolute one near 0.
func isClose(_ got: Double?, _ wanted: Double?, relative: Double = 1e-12, absolute: Double = 0) -> Bool {
    guard let got, let wanted else { return got == nil && wanted == nil }
    return abs(got - wanted) <= max(relative * abs(wanted), absolute)
}

/// Fails with both numbers unless they agree.
func expectClose(
    _ got: Double?, _ wanted: Double?, relative: Double = 1e-12, absolute: Double = 0,
    _ what: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
    guard !isClose(got, wanted, relative: relative, absolute: absolute) else { return }
    let numbers = "got \(got.map { "\($0)" } ?? "nil"), wanted \(wanted.map { "\($0)" } ?? "nil")"
    Issue.record("\(what()) \(numbers)", sourceLocation: sourceLocation)
}

/// A column's values put where a grouping wants them, without a copy in the order of the file between.
extension Column {
    /// Writes the value of row `i` to `target[places[i]]` as ``appendDoubles(to:)`` would show it, NaN where missing;
    /// rows whose place is negative are left out.
    ///
    /// - Precondition: there is a place for every row, and places are inside `target`.
    public func placeDoubles(_ places: Span<Int32>, in target: inout MutableSpan<Double>) {
        precondition(places.count == count)
        let validity = validity?.bits.span
        switch values {
        case .integers(let numbers): numbers.placeDoubles(validity, places, &target)
        case .float32(let numbers): place(numbers.span, validity, places, &target) { Double($0) }
        case .float64(let numbers): place(numbers.span, validity, places, &target) { $0 }
        case .date(let days): place(days.span, validity, places, &target) { Double($0) }
        case .dateMilliseconds(let moments):
            place(moments.span, validity, places, &target) { Double($0) / Double(TimeUnit.milliseconds.perDay) }
        case .timestamp(let moments, let unit, _):
            let perDay = Double(unit.perDay)
            place(moments.span, validity, places, &target) { Double($0) / perDay }
        case .bool(let truths):
            for row in places.indices where places[row] >= 0 {
                target[Int(places[row])] = isValid(row) ? (truths[row] ? 1 : 0) : .nan
            }
        case .null, .text, .dictionary:
            for row in places.indices where places[row] >= 0 { target[Int(places[row])] = .nan }
        }
    }
}

extension IntegerBuffer {
    fileprivate func placeDoubles(
        _ validity: Span<UInt8>?, _ places: Span<Int32>, _ target: inout MutableSpan<Double>
    ) {
        switch self {
        case .int8(let numbers): place(numbers.span, validity, places, &target) { Double($0) }
        case .int16(let numbers): place(numbers.span, validity, places, &target) { Double($0) }
        case .int32(let numbers): place(numbers.span, validity, places, &target) { Double($0) }
        case .int64(let numbers): place(numbers.span, validity, places, &target) { Double($0) }
        case .uint8(let numbers): place(numbers.span, validity, places, &target) { Double($0) }
        case .uint16(let numbers): place(numbers.span, validity, places, &target) { Double($0) }
        case .uint32(let numbers): place(numbers.span, validity, places, &target) { Double($0) }
        case .uint64(let numbers): place(numbers.span, validity, places, &target) { Double($0) }
        }
    }
}

@inline(__always)
private func place<Element>(
    _ values: Span<Element>, _ validity: Span<UInt8>?, _ places: Span<Int32>, _ target: inout MutableSpan<Double>,
    _ convert: (Element) -> Double
) {
    guard let validity else {
        for row in places.indices where places[row] >= 0 { target[Int(places[row])] = convert(values[row]) }
        return
    }
    for row in places.indices where places[row] >= 0 {
        let isValid = validity[row >> 3] & (1 << UInt8(truncatingIfNeeded: row & 7)) != 0
        let value = convert(values[row])
        target[Int(places[row])] = isValid ? value : .nan
    }
}

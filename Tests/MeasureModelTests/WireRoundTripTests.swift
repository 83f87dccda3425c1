import CivilCalendar
import MeasureModel
import PlumblineTestSupport
import Statistics
import Testing

/// What is written is read back, and by the same bytes.
struct WireRoundTripTests {
    private func expectRoundTrip<Value: WireCodable & Equatable>(_ value: Value) throws {
        let bytes = value.wireBytes
        let read = try Value(wireBytes: bytes)
        #expect(read == value)
        #expect(read.wireBytes == bytes)
    }

    @Test(arguments: Samples.requests.indices) func requests(index: Int) throws {
        try expectRoundTrip(Samples.requests[index])
    }

    @Test(arguments: Samples.replies.indices) func replies(index: Int) throws {
        try expectRoundTrip(Samples.replies[index])
    }

    @Test func partsOfMessages() throws {
        try expectRoundTrip(Samples.definition)
        try expectRoundTrip(Samples.bareDefinition)
        try expectRoundTrip(Samples.estimate)
        try expectRoundTrip(Samples.failure)
        try expectRoundTrip(Samples.period)
        try expectRoundTrip(Period.all)
        try expectRoundTrip(Samples.key)
        try expectRoundTrip(GroupKey())
        for dataset in Samples.datasets { try expectRoundTrip(dataset) }
    }

    @Test func everyNameOfAnEnumeration() throws {
        for value in PeriodKind.allCases { try expectRoundTrip(value) }
        for value in Status.allCases { try expectRoundTrip(value) }
        for value in ObservationFlag.allCases { try expectRoundTrip(value) }
        for value in Failure.Code.allCases { try expectRoundTrip(value) }
        for value in MeasureDefinition.Domain.allCases { try expectRoundTrip(value) }
        for value in MeasureDefinition.Kind.allCases { try expectRoundTrip(value) }
        for value in MeasureDefinition.Direction.allCases { try expectRoundTrip(value) }
        for value in [MeasureDefinition.Form.value, .mergeable] { try expectRoundTrip(value) }
    }

    @Test func integersOfEverySize() throws {
        var random = SplitMix64(seed: 51)
        var values: [Int] = [0, 1, -1, .max, .min, .max - 1, .min + 1]
        for bits in 0..<63 { values += [1 << bits, -(1 << bits), (1 << bits) - 1] }
        values += (0..<1000).map { _ in Int(truncatingIfNeeded: random.next()) >> Int.random(in: 0..<64, using: &random)
        }
        for value in values {
            try expectRoundTrip(value)
            try expectRoundTrip(Int64(value))
            try expectRoundTrip(UInt64(bitPattern: Int64(value)))
        }
        // Small numbers are short, of either sign.
        #expect([0, -1, 63, -64].map { $0.wireBytes.count } == [1, 1, 1, 1])
        #expect([64, -65, Int.max].map { $0.wireBytes.count } == [2, 2, 10])
    }

    @Test func numbersKeepTheirBits() throws {
        var random = SplitMix64(seed: 52)
        let special = [0.0, -0.0, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .pi]
        for value in special + (0..<1000).map({ _ in Double(bitPattern: random.next()) }) {
            #expect(try Double(wireBytes: value.wireBytes).bitPattern == value.bitPattern)
        }
        #expect(try Double(wireBytes: Double.nan.wireBytes).isNaN)
        #expect(1.0.wireBytes == [0, 0, 0, 0, 0, 0, 0xf0, 0x3f], "little-endian on every machine")
    }

    @Test func textsListsAndOptionals() throws {
        for text in ["", "x", "é\u{301}学\u{0}\u{1f600}", String(repeating: "long ", count: 1000)] {
            try expectRoundTrip(text)
            try expectRoundTrip([text, "", text])
        }
        try expectRoundTrip([[], ["a"], ["a", "b"]] as [[String]])
        try expectRoundTrip([nil, 1, nil] as [Int?])
        try expectRoundTrip([String]?.none)
        try expectRoundTrip([String]?.some([]))
        try expectRoundTrip([true, false])
        try expectRoundTrip(CivilDate(day: -719_162))
    }

    @Test func valuesOneAfterTheOther() throws {
        var writer = WireWriter()
        writer.put(1, "two", [3.0], Bool?.none)
        writer.put(UInt64(300))
        var reader = WireReader(writer.bytes)
        #expect(try reader.take(Int.self) == 1)
        #expect(try reader.take(String.self) == "two")
        #expect(try reader.take([Double].self) == [3])
        #expect(try reader.take(Bool?.self) == nil)
        #expect(reader.remaining == 2)
        #expect(try reader.number() == 300)
        #expect(reader.remaining == 0)
    }

    @Test func textsThatAreNotUTF8AreRepaired() throws {
        #expect(try String(wireBytes: [3, 0x61, 0xff, 0x62]) == "a\u{fffd}b")
    }
}

import PlumblineTestSupport
import Statistics
import Testing

@testable import MeasureModel

/// Results written field by field against the forms that say what their bytes are.
struct ResultWireTests {
    @Test func agreesWithTheForms() throws {
        var random = SplitMix64(seed: 77)
        for _ in 0..<300 {
            let result = Self.result(&random)
            var writer = WireWriter()
            GroupResult.wireForm.write(result, &writer)
            #expect(result.wireBytes == writer.bytes)
            #expect(try GroupResult(wireBytes: writer.bytes) == result)
            var reader = WireReader(writer.bytes)
            #expect(try GroupResult.wireForm.read(&reader) == result)
            for part in result.parts {
                try Self.agree(part, PartResult.wireForm)
                if let estimate = part.estimate { try Self.agree(estimate, Estimate.wireForm) }
            }
            try Self.agree(result.key, GroupKey.wireForm)
            for part in result.key.parts { try Self.agree(part, GroupKey.Part.wireForm) }
        }
    }

    private static func agree<Record: WireRecord & Equatable>(_ record: Record, _ form: WireForm<Record>) throws {
        var writer = WireWriter()
        form.write(record, &writer)
        #expect(record.wireBytes == writer.bytes)
        #expect(try Record(wireBytes: writer.bytes) == record)
    }

    private static func result(_ random: inout SplitMix64) -> GroupResult {
        let parts = (0..<random.pick([0, 1, 1, 3])).map { _ in
            PartResult(
                part: random.pick([nil, "a", "é"]), estimate: random.chance(20) ? nil : estimate(&random),
                status: random.pick(Status.allCases), reason: random.pick([nil, "", "why"]),
                groupPersons: random.pick([0, 5, -1, 1 << 40]))
        }
        return GroupResult(
            key: GroupKey(random.pick([[], [.init("role", "coach")], [.init("network", "n"), .init("role", "")]])),
            period: random.pick([0, 3]), parts: parts,
            failure: random.chance(20) ? Failure(.luaError, "text", file: "a.lua") : nil,
            other: random.pick([nil, "[1]"]))
    }

    private static func estimate(_ random: inout SplitMix64) -> Estimate {
        func number() -> Double? { random.pick([nil, 0, -0.0, 1.5, 1e300]) }
        return Estimate(
            value: random.pick([0, -1.25, 4e-9]), n: random.pick([0, 1, 1000]),
            counted: random.pick(Counted.allCases), numerator: number(), denominator: number(), low: number(),
            high: number(), level: number(), method: random.pick([nil, "t", "wilson"]), persons: random.pick([0, 7]),
            classes: random.pick([[], ["a"], ["a", "b"]]), flags: random.pick([[], [.singlePersonInterval]]))
    }
}

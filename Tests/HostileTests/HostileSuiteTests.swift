import Foundation
import MeasureModel
import PlumblineTestSupport
import Testing

/// Every hostile script, in places of a measure where it can stand.
struct HostileSuiteTests {
    /// `make hostile`: every script in every place.
    private static let everywhere = ProcessInfo.processInfo.environment["PLUMBLINE_EVERY_PAIR"] == "1"

    /// All at once, or a kind at a time where each stands in every place, which takes a while.
    private static let shares: [String] =
        everywhere ? Set((try? HostileCorpus.attacks().map(\.kind)) ?? []).sorted() : ["all"]

    private static func pairs(of share: String) throws -> [HostileCorpus.Pair] {
        try HostileCorpus.pairs(everywhere: everywhere).filter { share == "all" || $0.attack.kind == share }
    }

    /// Without what was used but fuel, which is the same on every run.
    private static func content(_ result: TaskResult) -> String {
        var result = result
        (result.usage.cpuSeconds, result.usage.memoryPeak) = (0, 0)
        return "\(result)"
    }

    @Test func everyScriptSaysWhatItIs() throws {
        let codes = Set(Failure.Code.allCases.map(\.rawValue) + ["ok"])
        for attack in try HostileCorpus.attacks() {
            #expect(!attack.expected.isEmpty && attack.expected.isSubset(of: codes), "\(attack.name)")
        }
        let pairs = try HostileCorpus.pairs(everywhere: false)
        #expect(pairs.count > 500)
    }

    /// Each ends as it should, and the good measures before and behind it give what they give without it.
    @Test(.serialized, arguments: shares) func hostileScriptsHarmNobodyElse(share: String) throws {
        try withTemporaryFolder { folder in
            let run = HostileRun(folder: folder)
            let pairs = try Self.pairs(of: share)
            let outcomes = try run.outcomes(
                of: pairs.map { pair in
                    guard pair.entry?.isTest == true else {
                        return .evaluate(run.batch(pair.source, pair.entry, expecting: pair.expected))
                    }
                    return .test(run.script(pair.source), limits: run.limits(pair.expected))
                })
            print("\(share): \(pairs.count) pairs; " + Overshoot(outcomes, limit: run.limits.cpuSeconds).text)
            var wanted: [String: Set<String>] = [:]
            for entry in [nil] + (try HostileCorpus.entries()).filter({ !$0.isTest }).map(Optional.some) {
                let alone = try run.outcomes(of: [.evaluate(run.batch("return measure {}", entry))])
                wanted[entry?.name ?? ""] = Set(alone[0].good.map(Self.content))
            }
            for (pair, outcome) in zip(pairs, outcomes) {
                #expect(
                    pair.expected.contains(outcome.verdict),
                    "\(pair): \(outcome.verdict), not \(pair.expected.sorted()): \(String(describing: outcome.result))")
                guard pair.entry?.isTest != true else { continue }
                #expect(outcome.good.count == 2, "\(pair)")
                #expect(Set(outcome.good.map(Self.content)) == wanted[pair.entry?.name ?? ""], "\(pair)")
            }
            try Self.expectHonestValues(pairs, outcomes)
        }
    }

    /// An attempt that came to nothing leaves the measure's own number as it was.
    private static func expectHonestValues(
        _ pairs: [HostileCorpus.Pair], _ outcomes: [HostileRun.Outcome]
    ) throws {
        for (pair, outcome) in zip(pairs, outcomes) where outcome.verdict == "ok" && pair.entry != nil {
            guard let result = outcome.result, pair.entry?.dimension == nil, pair.entry?.hasPrevious == false else {
                continue
            }
            let values = result.groups.flatMap(\.parts).map { $0.estimate?.value }
            #expect(values == [HostileRun.mean], "\(pair)")
        }
    }

    /// Alone in its batch, with data mapped: it comes to the same as between others.
    @Test func hostileScriptsRunAlone() throws {
        try withTemporaryFolder { folder in
            let run = HostileRun(folder: folder)
            let pairs = try HostileCorpus.pairs(everywhere: false).filter {
                $0.entry == nil || $0.entry?.name == "value"
            }
            let outcomes = try run.outcomes(
                of: pairs.map { .evaluate(run.batch($0.source, $0.entry, expecting: $0.expected, isAlone: true)) })
            for (pair, outcome) in zip(pairs, outcomes) {
                #expect(
                    pair.expected.contains(outcome.verdict),
                    "\(pair): \(outcome.verdict), not \(pair.expected.sorted()): \(String(describing: outcome.result))")
                #expect(outcome.good.isEmpty)
            }
            try Self.expectHonestValues(pairs, outcomes)
        }
    }

    /// Alone, without data: loading a file and reading its definition.
    @Test func hostileFilesAreLoadedAlone() throws {
        try withTemporaryFolder { folder in
            let run = HostileRun(folder: folder)
            let pairs = try HostileCorpus.pairs(everywhere: false).filter { pair in
                pair.entry == nil || pair.entry?.name == "value"
            }
            let outcomes = try run.outcomes(
                of: pairs.map {
                    .define(
                        Script(name: "x.lua", source: Array($0.source.utf8)),
                        limits: run.limits($0.expected).forDefinition)
                })
            for (pair, outcome) in zip(pairs, outcomes) {
                // None of these files says what a definition needs, so none is taken.
                #expect(
                    ["refused", "syntax_error", "lua_error", "invalid_result", "cpu_limit"].contains(outcome.verdict),
                    "\(pair): \(outcome.verdict)")
            }
        }
    }
}

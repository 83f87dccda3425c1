import CivilCalendar
import Foundation
import MeasureModel
import Testing

/// The words of the model: keys, periods, statuses, failures, parameters.
struct ModelTests {
    @Test func keysAreOrderedByBytes() {
        func key(_ parts: (String, String)...) -> GroupKey { GroupKey(parts.map { GroupKey.Part($0.0, $0.1) }) }
        let ordered = [
            key(), key(("network", "B")), key(("network", "B"), ("school", "1")),
            key(("network", "B"), ("school", "10")),
            key(("network", "B"), ("school", "2")), key(("network", "a")), key(("network", "é")), key(("role", "a")),
        ]
        #expect(ordered.reversed().sorted() == ordered)
        #expect(ordered[2]["school"] == "1")
        #expect(ordered[1]["school"] == nil)
    }

    @Test func dimensionsHaveTheOrderOfTheFeed() {
        #expect(
            GroupKey.ordered(["zeta", "team", "role", "alpha", "network", "school", "district"]) == [
                "network", "district", "school", "team", "role", "alpha", "zeta",
            ])
    }

    @Test func periodsAreServedByDataFineEnough() {
        for kind in PeriodKind.allCases {
            #expect(kind.isServed(by: .day), "days serve everything")
            #expect(PeriodKind.all.isServed(by: kind), "everything serves all")
        }
        #expect(!PeriodKind.day.isServed(by: .week))
        #expect(!PeriodKind.week.isServed(by: .month))
        #expect(!PeriodKind.month.isServed(by: .quarter))
        #expect(!PeriodKind.wave.isServed(by: .month))
        #expect(PeriodKind.schoolYear.isServed(by: .wave))
        #expect(PeriodKind.quarter.isServed(by: .month))
    }

    @Test func onlySomeStatusesHaveNumbers() {
        #expect(Status.allCases.filter(\.hasNumbers) == [.ok, .provisional, .stale])
    }

    @Test func errorsOfOneGroupDoNotStopTheMeasure() {
        #expect(Failure.Code.allCases.filter { !$0.stopsTheMeasure } == [.luaError, .invalidResult])
    }

    @Test func namesAreThoseOfTheContract() {
        #expect(
            Failure.Code.allCases.map(\.rawValue) == [
                "syntax_error", "refused", "lua_error", "invalid_result", "cpu_limit", "memory_limit", "fuel_limit",
                "output_limit", "crashed", "test_failed",
            ])
        #expect(
            Status.allCases.map(\.rawValue) == [
                "ok", "provisional", "suppressed", "censored", "insufficient", "not_applicable", "not_collected",
                "stale", "error",
            ])
        #expect(
            ObservationFlag.allCases.map(\.rawValue) == [
                "signal", "shift", "break_in_series", "restated", "low_response", "small_n_unstable",
                "definition_changed", "instrument_changed", "pooled", "balancing_breach", "single_person_interval",
            ])
        #expect(
            PeriodKind.allCases.map(\.rawValue) == [
                "day", "week", "month", "quarter", "wave", "school_year", "all",
            ])
    }

    /// Whose file it is shows only when it has been read.
    @Test func filesAreReadWithinTheLimitsOfAll() {
        #expect(EvaluationLimits().forDefinition == EvaluationLimits(cpuSeconds: 2, block: 64 << 20))
        let small = EvaluationLimits(
            cpuSeconds: 0.5, memory: 32 << 20, block: 1 << 20, fuel: 10, source: 1 << 10, result: 1 << 10,
            resultKeys: 1, resultDepth: 1)
        #expect(small.forDefinition == EvaluationLimits(cpuSeconds: 0.5, memory: 32 << 20, block: 1 << 20))
        let large = EvaluationLimits(cpuSeconds: 60, memory: 4 << 30)
        #expect(large.forDefinition == EvaluationLimits().forDefinition)
    }

    @Test func textsOfScriptsAreEscaped() {
        #expect(Failure.escaped("plain é 学") == "plain é 学")
        #expect(Failure.escaped("a\nb\t\u{1b}[31m\u{0}\u{7f}\u{9b}") == "a\\u{a}b\\u{9}\\u{1b}[31m\\u{0}\\u{7f}\\u{9b}")
        #expect(Failure.escaped("a\u{202e}b\u{2066}c") == "a\\u{202e}b\\u{2066}c")
        #expect(Failure.escaped("") == "")
    }

    @Test func textsOfScriptsAreCutAtALimit() {
        for text in [
            String(repeating: "x", count: 600), String(repeating: "é", count: 600), String(repeating: "\n", count: 600),
            String(repeating: "\u{1f600}", count: 600), String(repeating: "xé\n", count: 300),
        ] {
            for limit in [20, 80, 512] {
                let cut = Failure.escaped(text, limit: limit)
                #expect(cut.utf8.count <= limit)
                #expect(cut.utf8.count > limit - 10)
                #expect(cut.hasSuffix("…"))
            }
        }
        let exact = String(repeating: "x", count: 512)
        #expect(Failure.escaped(exact) == exact, "what fits is not cut")
        #expect(Failure.escaped(exact + "y") == String(repeating: "x", count: 509) + "…")
    }

    @Test func parametersTakeTheLastValue() throws {
        let values = try Samples.definition.params(with: [
            ParameterValue(name: "answered", value: 0.2), ParameterValue(name: "answered", value: 0.7),
        ])
        #expect(values == [ParameterValue(name: "answered", value: 0.7), ParameterValue(name: "bare", value: 3)])
        #expect(try Samples.definition.params(with: []).map(\.value) == [0.5, 3])
    }

    @Test func parametersAreHeldAgainstTheirBounds() {
        func message(_ name: String, _ value: Double, of definition: MeasureDefinition = Samples.definition) -> String?
        {
            do throws(Failure) {
                _ = try definition.params(with: [ParameterValue(name: name, value: value)])
                return nil
            } catch {
                return error.code == .refused ? error.message : "another code"
            }
        }
        #expect(message("answered", 0) == nil)
        #expect(message("answered", 1) == nil)
        #expect(
            message("answered", 1.5)
                == "the parameter `answered` of team.safety must be at least 0 and at most 1, not 1.5")
        #expect(message("answered", .nan) != nil)
        #expect(message("bare", 1e300) == nil)
        #expect(message("bare", .infinity)?.contains("must be a finite number") == true)
        #expect(
            message("answred", 1) == "the measure team.safety has no parameter `answred`: it has only answered, bare")
        #expect(
            message("x", 1, of: Samples.bareDefinition) == "the measure a has no parameter `x`: it has no parameters")
    }

    @Test func aScriptNamesThePluginsItIsMadeOfOnce() {
        var script = Samples.script
        #expect(script.plugins == "plumbline/hub@1.0.0 riverbend/climate@1.2.0")
        script.modules.append(ScriptModule(name: "hub.x", file: "", source: [], plugin: "plumbline/hub@1.0.0"))
        #expect(script.plugins == "plumbline/hub@1.0.0 riverbend/climate@1.2.0")
        script.plugin = nil
        #expect(script.plugins == "plumbline/hub@1.0.0")
        script.modules = []
        #expect(script.plugins == nil)
    }

    /// What a measure of a plugin may name is what both it and its plugin declare.
    @Test(
        arguments: [
            (nil, ["a", "b", "x"], ["a", "b", "x"]), (["a"], nil, ["a", "district", "role", "team"]),
            (["a", "secret"], ["a", "b", "team"], ["a", "team"]), (nil, nil, nil),
        ] as [([String]?, [String]?, [String]?)])
    func whatAPluginsMeasureMayName(own: [String]?, declared: [String]?, both: [String]?) {
        var definition = Samples.definition
        definition.columns = own
        let plugin = MeasurePlugin(
            name: "a/b", version: "1.0.0", reads: [DatasetReads(dataset: "survey", columns: declared)])
        #expect(definition.readableColumns(in: plugin) == both)
        #expect(definition.readableColumns(in: MeasurePlugin(name: "a/b", version: "1.0.0")) == [])
        #expect(definition.readableColumns(in: nil) == definition.readableColumns)
    }

    @Test func anObservationReadsBackFromItsJSON() throws {
        var observation = Observation(
            id: "obs_1", measure: "team.safety", version: "1.0.0", part: "share", params: ["b": 2, "a": 0.5],
            preset: nil,
            period: Observation.PublishedPeriod(
                kind: "wave", label: "2025-fall", start: "2025-09-01", end: "2025-12-20", complete: true),
            group: ["school": "A", "network": "east"], unit: "points", countedUnit: "persons", status: .ok, reason: nil,
            provenance: Observation.Provenance(
                data: "sha256:1", script: "sha256:2", host: "0.1.0", policy: "staff_survey@1", asOf: "2026-06-30"))
        let bare = observation
        (observation.value, observation.n, observation.low, observation.high) = (4.25, 118, 4.05, 4.375)
        (observation.level, observation.method, observation.flags) = (0.95, "t", ["pooled"])
        observation.provenance.plugins = "plumbline/hub@1.0.0 riverbend/climate@1.2.0"
        #expect(observation.json.text().contains(#""plugins":"plumbline/hub@1.0.0 riverbend/climate@1.2.0","#))
        #expect(bare.json.text().contains(#""plugins":null,"#))
        for one in [bare, observation] {
            let read = try JSONDecoder().decode(Observation.self, from: Data(one.json.text().utf8))
            #expect(read == one)
        }
        #expect(
            bare.json.text().hasPrefix(
                #"{"id":"obs_1","measure":"team.safety","version":"1.0.0","part":"share","params":{"a":0.5,"b":2},"#
                    + #""preset":null,"period":{"kind":"wave","label":"2025-fall","start":"2025-09-01","#
                    + #""end":"2025-12-20","complete":true},"group":{"network":"east","school":"A"},"unit":"points","#
                    + #""value":null,"n":null,"n_kind":"persons","#))
    }
}

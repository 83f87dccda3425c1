import CivilCalendar
import MeasureModel

/// One of every message, with every field filled once and empty once.
enum Samples {
    static let key = GroupKey([GroupKey.Part("network", "east"), GroupKey.Part("school", "Schüler, \"A\"\n")])

    static let period = Period(
        kind: .wave, label: "2025-fall",
        days: Period.Days(
            start: CivilDate(day: 20_332), end: CivilDate(day: 20_442), startInstant: 1_756_702_800_000_000,
            endInstant: -5))

    static let failure = Failure(
        .luaError, "x.lua:3: attempt to index a nil value", file: "x.lua", line: 3, traceback: [3, 9, 12], group: key,
        period: "2025-fall")

    static let estimate = Estimate(
        value: -0.25, n: 118, numerator: 3, denominator: 118.5, low: -.infinity, high: 0.1, level: 0.95, method: "t",
        persons: 42, classes: ["practice", "staff_survey"], flags: [.pooled, .singlePersonInterval])

    static let definition = MeasureDefinition(
        id: "team.safety", version: "1.0.0", title: "Safety", question: "Safe?", domain: .withinTeam, type: .driver,
        direction: .higher, unit: "points", source: "adapted", from: "survey", with: ["roster"],
        columns: ["safety_1", "safety_2"], by: [[], ["district"], ["role", "team"]], every: .schoolYear,
        params: [
            MeasureDefinition.Parameter(name: "answered", standard: 0.5, minimum: 0, maximum: 1, about: "share"),
            MeasureDefinition.Parameter(name: "bare", standard: 3),
        ],
        presets: [MeasureDefinition.Preset(name: "strict", values: [ParameterValue(name: "answered", value: 1)])],
        form: .mergeable, tests: ["one", "two"], lines: ["columns": 3, "columns.safety_1": 4, "": 1])

    static let bareDefinition = MeasureDefinition(
        id: "a", version: "0.0.1", title: "t", domain: .hub, type: .quality, unit: "u", from: "survey")

    static let datasets = [
        DatasetDescription(
            name: "outcomes", dataClass: "student_record",
            persons: .counts(count: "denominator", sites: ["school", "student_group"]), periodColumn: "week_start",
            validFrom: "from", validTo: "to", personColumns: ["owner"],
            items: [ItemDescription(name: "a", low: 1, high: 6, isReversed: true), ItemDescription(name: "b")],
            scales: [ScaleDescription(name: "safety", items: ["a", "b"]), ScaleDescription(name: "none", items: [])]),
        DatasetDescription(name: "survey", dataClass: "staff_survey", persons: .column("respondent")),
        DatasetDescription(name: "anonymous", dataClass: "staff_survey", persons: .row),
    ]

    static let script = Script(
        name: "Measures/x.lua", source: Array("return measure {}".utf8) + [0, 255],
        modules: [
            ScriptModule(name: "hub.scales", file: "m.lua", source: [1], plugin: "plumbline/hub@1.0.0"),
            ScriptModule(name: "own.scales", file: "n.lua", source: []),
        ],
        plugin: MeasurePlugin(
            name: "riverbend/climate", version: "1.2.0",
            reads: [
                DatasetReads(dataset: "survey", columns: ["a", "b"], rows: true),
                DatasetReads(dataset: "pdsa", columns: nil),
            ]))

    static let batch = Batch(
        from: "survey", dimensions: ["network", "school"], fixedKey: key, periods: [.all, period],
        asOf: CivilDate(day: 20_634), asOfInstant: 1_782_864_000_000_000, allowsAnyResult: true,
        tasks: [
            Batch.Task(
                script: script, form: .value, columns: ["a"], with: ["roster"],
                params: [ParameterValue(name: "p", value: 0.1)], mayReadRows: true, seed: .max,
                limits: EvaluationLimits(
                    cpuSeconds: 0.5, memory: 1 << 40, block: 5, fuel: 10, source: 1, result: 2, resultKeys: 3,
                    resultDepth: 4, log: 6, logLines: 7)),
            Batch.Task(script: Script(name: "", source: []), form: .mergeable, mayReadRows: false),
        ])

    static let result = TaskResult(
        groups: [
            GroupResult(
                key: key, period: 1,
                parts: [
                    PartResult(part: "share", estimate: estimate, status: .ok, groupPersons: 42),
                    PartResult(part: nil, estimate: nil, status: .insufficient, reason: "nobody", groupPersons: 0),
                ]),
            GroupResult(key: GroupKey(), period: 0, parts: [], failure: failure, other: "[1,2]"),
        ], failure: failure, log: "printed\n", isLogTruncated: true,
        usage: TaskUsage(cpuSeconds: 0.25, memoryPeak: 51_200, fuel: 3000, groups: 2, rows: 471), readsAsOf: true)

    static let requests: [WorkerRequest] = [
        .setUp(
            WorkerSetup(
                files: [
                    WorkerSetup.DataFile(descriptor: 3, dataset: "survey", network: "east"),
                    WorkerSetup.DataFile(descriptor: 4, dataset: "survey", network: nil),
                ], datasets: datasets, pseudonymSalt: 0xdead_beef_0000_0001,
                dayStarts: DayStarts(steps: [DayStarts.Step(from: -5, offsetSeconds: -21_600)]), scriptMemory: 64 << 20)
        ),
        .setUp(WorkerSetup(files: [], datasets: [])),
        .define(script, limits: EvaluationLimits(cpuSeconds: 2)),
        .test(script, limits: EvaluationLimits()),
        .evaluate(batch),
        .evaluate(
            Batch(
                from: "", dimensions: [], periods: [], asOf: CivilDate(day: .min), asOfInstant: .min, tasks: [])),
    ]

    static let replies: [WorkerReply] = [
        .ready,
        .lockedDown(missing: []),
        .lockedDown(
            missing: [
                MissingProtection(.noNewPrivileges, refusal: 1), MissingProtection(.systemCallFilter, refusal: 38),
            ]),
        .defined(
            definition, failure: nil,
            findings: [Finding(isError: true, rule: "comparison", message: "use :is", line: 3, column: 17)]),
        .defined(bareDefinition, failure: nil, findings: []),
        .defined(nil, failure: failure, findings: []),
        .tested(
            [
                TestResult(name: "one", problem: nil, line: 7),
                TestResult(name: "two", problem: "expected 3", line: nil),
            ], failure: nil),
        .tested([], failure: Failure(.syntaxError, "")),
        .task(index: 3, result),
        .task(index: 0, TaskResult(groups: [])),
        .batchDone,
        .grouped(BatchSummary(keylessRows: 1, keylessPersons: 2, rowsOutsidePeriods: 3, rowsAfterAsOf: .max)),
        .broken("no such file"),
        .progress(TaskProgress(groupsDone: 312, groups: 4000, key: key, period: "2026-10", cpuSeconds: 0.25)),
        .progress(
            TaskProgress(
                groupsDone: 0, groups: 1, key: GroupKey(), period: "all", cpuSeconds: 0,
                line: LastLine(number: 0x0102_0304))),
        .hostWork(begins: true), .hostWork(begins: false),
    ]

    /// All of them as bytes.
    static var messages: [[UInt8]] { requests.map(\.wireBytes) + replies.map(\.wireBytes) }
}

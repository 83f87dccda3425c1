import Foundation
import MeasureModel
import PlumblineTestSupport
import Testing

@testable import Workspace

/// Everything that `plumbline.yaml` may say.
struct ConfigurationTests {
    private func configuration(_ text: String) throws -> WorkspaceConfig {
        try WorkspaceFolder.with(text) { try $0.open().config }
    }

    @Test func theLeastConfiguration() throws {
        let config = try configuration("hub: riverbend\n")
        var wanted = WorkspaceConfig()
        wanted.hub = "riverbend"
        #expect(config == wanted)
        #expect(config.timeZone == "UTC")
        #expect(config.sandbox == nil)
        #expect(config.calendar.schoolYear == .init(month: 7, day: 1))
        #expect(config.calendar.quarter == .init(month: 1, day: 1))
        #expect(config.calendar.firstWeekday == 1)
    }

    @Test func hubAndCalendar() throws {
        let config = try configuration(
            """
            hub: riverbend-2
            time_zone: America/Chicago
            calendar: { school_year: 08-15, quarter: 10-01, week: sunday }
            waves:
              - { id: 2026-spring, start: 2026-02-01, end: 2026-06-01 }
              - { id: 2025-fall, start: 2025-09-01, end: 2025-12-20 }
            """)
        #expect(config.hub == "riverbend-2")
        #expect(config.timeZone == "America/Chicago")
        #expect(config.calendar.schoolYear == .init(month: 8, day: 15))
        #expect(config.calendar.quarter == .init(month: 10, day: 1))
        #expect(config.calendar.firstWeekday == 7)
        #expect(config.waves.map(\.id) == ["2025-fall", "2026-spring"], "in order of time")
        #expect(config.waves[0] == .init(id: "2025-fall", start: "2025-09-01", end: "2025-12-20"))
    }

    @Test func networksAndSharing() throws {
        let config = try configuration(
            """
            hub: h
            networks:
              west: { share: ["west/*", other], measures: { own.one: { enabled: false } } }
              east:
            public: { share: team.* }
            row_access: [pdsa.chained]
            """)
        #expect(config.networks.map(\.id) == ["east", "west"])
        #expect(config.network("west")?.share == ["west/*", "other"])
        #expect(config.network("west")?.measures["own.one"]?.isEnabled == false)
        #expect(config.network("east")?.share == [])
        #expect(config.network("north") == nil)
        #expect(config.publicShare == ["team.*"], "one text is a list of one")
        #expect(config.rowAccess == ["pdsa.chained"])
    }

    @Test func dimensionsCarryTheirAncestors() throws {
        let config = try configuration(
            "hub: h\ndimensions: { coach: { in: team }, school: { in: region }, region: { in: network }, grade: {} }\n")
        #expect(config.parents == ["coach": "team", "school": "region", "region": "network"])
        #expect(config.withAncestors(["coach"]) == ["network", "team", "coach"])
        #expect(config.withAncestors(["school", "grade"]) == ["network", "school", "grade", "region"])
        #expect(config.withAncestors([]) == [])
        #expect(try configuration("hub: h").withAncestors(["school"]) == ["network", "district", "school"])
    }

    @Test func datasets() throws {
        let config = try WorkspaceFolder.with(
            """
            hub: h
            datasets:
              survey:
                class: staff_survey
                person: respondent
                person_columns: [mentor]
                period: { column: wave, kind: wave }
                codebook: books/survey.yaml
                keys: [respondent, wave]
                n_kind: staff
              roster: { class: staff_survey, person: row, valid: { from: start, to: end } }
              outcomes: { class: pupils, persons: { count: enrolled, of: [school, group] }, period: { column: week } }
            privacy: { staff_survey: { minimum: 5, version: 3 }, pupils: { minimum: 10 } }
            """, codebooks: ["books/survey.yaml": "scales: { trust: [a, b] }"]
        ) { try $0.open().config }
        #expect(config.datasets.map(\.name) == ["outcomes", "roster", "survey"])
        #expect(
            config.dataset("survey")
                == DatasetConfig(
                    name: "survey", dataClass: "staff_survey", persons: .column("respondent"),
                    personColumns: ["respondent", "mentor"], periodColumn: "wave", periodKind: .wave,
                    codebook: "books/survey.yaml", keys: ["respondent", "wave"], unitCounted: "staff"))
        #expect(
            config.dataset("roster")
                == DatasetConfig(
                    name: "roster", dataClass: "staff_survey", persons: .row, validFrom: "start", validTo: "end"))
        #expect(config.dataset("outcomes")?.persons == .counts(count: "enrolled", sites: ["school", "group"]))
        #expect(config.dataset("outcomes")?.periodKind == .day)
        #expect(
            config.privacy == ["staff_survey": .init(minimum: 5, version: 3), "pupils": .init(minimum: 10, version: 1)])
    }

    @Test func measuresAndLimits() throws {
        let config = try configuration(
            """
            hub: h
            measures:
              out.absence: { enabled: true, preset: federal, params: { min_days: 10, a: 0.5 }, limits: { cpu: 500ms } }
            limits: { cpu: 2min, memory: 1GB, fuel: 1000000 }
            sandbox: best-effort
            """)
        let measure = try #require(config.measures["out.absence"])
        #expect(measure.isEnabled)
        #expect(measure.preset == "federal")
        #expect(measure.params == [ParameterValue(name: "a", value: 0.5), ParameterValue(name: "min_days", value: 10)])
        #expect(measure.limits?.cpuSeconds == 0.5)
        #expect(config.limits.cpuSeconds == 120)
        #expect(config.limits.memory == 1_073_741_824)
        #expect(config.limits.fuel == 1_000_000)
        #expect(config.sandbox == .bestEffort)
    }

    /// Signatures are required where nothing is said, whatever else is.
    @Test func plugins() throws {
        let none = try configuration("hub: h\nplugins:\n").plugins
        #expect(none == WorkspaceConfig.PluginSettings())
        #expect(none.requiresSignatures && none.registry == nil)
        #expect(none.allowedSigners == "allowed_signers" && none.revokedKeys == "revoked_keys")
        let keys = try configuration("hub: h\nplugins: { allowed_signers: keys/good, registry: ../registry }\n").plugins
        #expect(keys.requiresSignatures && keys.allowedSigners == "keys/good" && keys.registry == "../registry")
        let lenient = try configuration("hub: h\nplugins: { signatures: optional, revoked_keys: keys/bad }\n").plugins
        #expect(!lenient.requiresSignatures && lenient.revokedKeys == "keys/bad")
    }

    @Test func everyLimitCanBeSetForAllAndForOne() throws {
        let config = try configuration(
            """
            hub: h
            networks: { east: { share: [], measures: { b.c: { limits: { log_lines: 7 } } } } }
            measures: { a.b: { limits: { result: 2MB, cpu: 30 } } }
            limits:
              cpu: 1.5s
              memory: 512MB
              block: 100MB
              fuel: 5000000
              source: 32KB
              result: 64KB
              result_keys: 50
              result_depth: 3
              log: 2KB
              log_lines: 20
            """)
        let all = EvaluationLimits(
            cpuSeconds: 1.5, memory: 512 << 20, block: 100 << 20, fuel: 5_000_000, source: 32 << 10, result: 64 << 10,
            resultKeys: 50, resultDepth: 3, log: 2 << 10, logLines: 20)
        #expect(config.limits == all)
        var one = all
        one.result = 2 << 20
        one.cpuSeconds = 30
        #expect(config.measures["a.b"]?.limits == one, "what it does not say is the workspace's")
        var networks = all
        networks.logLines = 7
        #expect(config.allMeasureSettings.map(\.id) == ["a.b", "east/b.c"])
        #expect(config.allMeasureSettings.map(\.settings.limits) == [one, networks])
        #expect(try configuration("hub: h\nlimits: {}\n").limits == EvaluationLimits())
        #expect(EvaluationLimits().largestBlock == 64 << 20)
        #expect(EvaluationLimits(memory: 1 << 20).largestBlock == 1 << 20)
    }

    /// The documentation and the schema name every limit.
    @Test func everyLimitIsDocumented() throws {
        let documentation = Repository.root.appending(path: "Documentation")
        let page = try String(contentsOf: documentation.appending(path: "workspace.md"), encoding: .utf8)
        let text = try Data(contentsOf: documentation.appending(path: "schema/plumbline.schema.json"))
        let schema = try JSONSerialization.jsonObject(with: text) as? [String: Any]
        let definitions = schema?["$defs"] as? [String: [String: Any]]
        let properties = definitions?["limits"]?["properties"] as? [String: Any]
        #expect(properties.map { Set($0.keys) } == Set(LimitSetting.all.map(\.name)))
        for limit in LimitSetting.all {
            #expect(page.contains("| `\(limit.name)` | \(limit.text(EvaluationLimits())) |"), "\(limit.name)")
        }
    }

    @Test(
        arguments: [
            ("10s", 10), ("500ms", 0.5), ("2min", 120), ("1.5", 1.5), ("3 s", 3), ("0s", nil), ("-1s", nil),
            ("86400", nil),
            ("nan", nil), ("inf", nil), ("ten", nil), ("s", nil), ("", nil), ("10h", nil),
        ] as [(String, Double?)])
    func times(text: String, seconds: Double?) {
        #expect(Quantity.seconds(text) == seconds)
    }

    @Test(
        arguments: [
            ("256MB", 268_435_456), ("1GB", 1_073_741_824), ("2048KB", 2_097_152), ("1048576", 1_048_576),
            ("1.5 GB", 1_610_612_736),
            ("1048575", nil), ("1KB", nil), ("2000GB", nil), ("MB", nil), ("256mb", nil), ("-1GB", nil), ("nan", nil),
        ] as [(String, Int?)])
    func sizes(text: String, bytes: Int?) {
        #expect(Quantity.bytes(text) == bytes)
    }

    @Test func patterns() {
        #expect(WorkspaceConfig.matches("team.safety", ["*"]))
        #expect(WorkspaceConfig.matches("team.safety", ["out.*", "team.*"]))
        #expect(WorkspaceConfig.matches("team.safety", ["team.safety"]))
        #expect(!WorkspaceConfig.matches("team.safety", ["team", "team.safe", "*.safety"]))
        #expect(!WorkspaceConfig.matches("team.safety", []))
    }
}

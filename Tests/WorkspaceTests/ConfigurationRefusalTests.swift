import Foundation
import PlumblineTestSupport
import Testing
import Workspace

/// What is wrong in `plumbline.yaml` is refused with its line and, for a slip, with what was meant.
struct ConfigurationRefusalTests {
    /// A wrong configuration, the line of the mistake, and a part of what is said about it.
    struct Mistake: Sendable, CustomTestStringConvertible {
        var text: String
        var line: Int?
        var message: String

        init(_ text: String, _ line: Int?, _ message: String) {
            (self.text, self.line, self.message) = (text, line, message)
        }

        var testDescription: String { message }
    }

    private func expectRefusal(_ mistake: Mistake) throws {
        let error = try #require(
            try WorkspaceFolder.with(mistake.text) { folder in
                WorkspaceFolder.refusal { _ = try folder.open() }
            })
        #expect(error.code == .badConfiguration)
        #expect(error.file == "plumbline.yaml")
        #expect(error.line == mistake.line, "\(error)")
        #expect(error.description.contains(mistake.message), "\(error)")
    }

    @Test(arguments: [
        Mistake("", nil, "must say which `hub`"),
        Mistake("# nothing\n", nil, "must say which `hub`"),
        Mistake("time_zone: UTC\n", 1, "must say which `hub`"),
        Mistake("- a\n- b\n", 1, "the file must be a mapping"),
        Mistake("hub: h\nnetwroks: {}\n", 2, "did you mean `networks`?"),
        Mistake("hub: h\nwhatever: 1\n", 2, "it has hub, time_zone, calendar"),
        Mistake("hub: [h]\n", 1, "`hub` must be a text"),
        Mistake("hub:\n", 1, "`hub` must be a text"),
        Mistake("hub: Riverbend\n", 1, "use lower-case letters, digits, - and _"),
        Mistake("hub: a/b\n", 1, "`a/b` cannot be an id"),
        Mistake("hub: \"\"\n", 1, "cannot be an id"),
        Mistake("time_zone: UTC\nhub: h\nhub: i\n", 2, "has a key twice: hub"),
        Mistake("hub: h\nwaves: [\n", 3, "is not YAML"),
        Mistake("hub: h\n\tzone: x\n", 2, "is not YAML"),
        Mistake("hub: \"h\n", 2, "is not YAML"),
        Mistake("hub: h\n\n# comment\ntime_zone: America/Chicgo\n", 4, "did you mean `America/Chicago`?"),
        Mistake("hub: h\ntime_zone: Mars\n", 2, "there is no time zone `Mars`"),
    ])
    func theFileItself(mistake: Mistake) throws {
        try expectRefusal(mistake)
    }

    @Test(arguments: [
        Mistake("hub: h\ncalendar: { weeks: monday }\n", 2, "did you mean `week`?"),
        Mistake("hub: h\ncalendar: { week: mon }\n", 2, "the day on which weeks begin"),
        Mistake("hub: h\ncalendar: { school_year: 07-31 }\n", 2, "a month and a day up to 28"),
        Mistake("hub: h\ncalendar:\n  quarter: 13-01\n", 3, "a month and a day up to 28"),
        Mistake("hub: h\ncalendar: { school_year: july }\n", 2, "a month and a day up to 28"),
        Mistake("hub: h\nwaves: { a: 1 }\n", 2, "`waves` must be a list"),
        Mistake("hub: h\nwaves:\n  - { id: a, start: 2025-09-01 }\n", 3, "a wave is written"),
        Mistake("hub: h\nwaves:\n  - { id: a, start: 2025-09-01, end: 2025-09-31 }\n", 3, "must be a date"),
        Mistake("hub: h\nwaves:\n  - { id: a, start: 2025-09-02, end: 2025-09-01 }\n", 3, "ends before it starts"),
        Mistake("hub: h\nwaves:\n  - { id: a, start: 2025-09-01, end: 2025-09-01 }\n", 3, "ends before it starts"),
        Mistake(
            "hub: h\nwaves:\n  - { id: a, start: 2025-09-01, end: 2025-10-01 }\n"
                + "  - { id: a, start: 2025-11-01, end: 2025-12-01 }\n", 4, "comes twice"),
        Mistake(
            "hub: h\nwaves:\n  - { id: a, start: 2025-09-01, end: 2025-10-02 }\n"
                + "  - { id: b, start: 2025-10-01, end: 2025-12-01 }\n", 4, "overlaps another"),
        Mistake("hub: h\nwaves:\n  - { id: a, begin: 2025-09-01, end: 2025-12-01 }\n", 3, "has no key `begin`"),
        Mistake("hub: h\nnetworks:\n  East: {}\n", 3, "`East` cannot be an id"),
        Mistake("hub: h\nnetworks: [a, b]\n", 2, "`networks` must be a mapping"),
        Mistake("hub: h\nnetworks: { east: { shares: [] } }\n", 2, "did you mean `share`?"),
        Mistake("hub: h\ndimensions: { a: { in: b }, b: { in: a } }\n", 2, "inside itself"),
        Mistake("hub: h\ndimensions: { a: { on: b } }\n", 2, "did you mean `in`?"),
    ])
    func calendarNetworksAndDimensions(mistake: Mistake) throws {
        try expectRefusal(mistake)
    }

    private static let privacy = "hub: h\nprivacy: { c: { minimum: 5 } }\ndatasets:\n  d: "

    @Test(arguments: [
        Mistake(privacy + "{ person: row }\n", 4, "the dataset `d` needs a `class`"),
        Mistake(privacy + "{ class: c }\n", 4, "must say who its persons are"),
        Mistake(privacy + "{ class: c, person: a, persons: { count: n, of: [s] } }\n", 4, "has both"),
        Mistake(privacy + "{ class: c, persons: { count: n } }\n", 4, "`persons` is written"),
        Mistake(privacy + "{ class: c, persons: { cuont: n, of: [s] } }\n", 4, "did you mean `count`?"),
        Mistake(privacy + "{ class: c, person: row, period: { kind: wave } }\n", 4, "needs a `column`"),
        Mistake(
            privacy + "{ class: c, person: row, period: { column: a, kind: term } }\n", 4, "choose one of day, week"),
        Mistake(privacy + "{ class: c, person: row, valid: { to: a } }\n", 4, "needs `from`"),
        Mistake(privacy + "\n    class: c\n    person: row\n    perod: { column: a }\n", 7, "did you mean `period`?"),
        Mistake(privacy + "{ class: c, person: row, keys: { a: 1 } }\n", 4, "must be a list"),
        Mistake("hub: h\ndatasets:\n  Survey: { class: c, person: row }\n", 3, "`Survey` cannot be an id"),
        Mistake("hub: h\ndatasets:\n  d: { class: c, person: row }\n", 3, "for which `privacy` has no rule"),
        Mistake(privacy + "{ class: c, person: row, response: { threshold: 0.5 } }\n", 4, "needs `eligible`"),
        Mistake(
            privacy + "{ class: c, person: row, response: { eligible: d, threshold: 50 } }\n", 4, "a rate from 0 to 1"),
        Mistake(privacy + "{ class: c, person: row, response: { eligible: e } }\n", 4, "which is not there"),
        Mistake("hub: h\nprivacy: { c: {} }\n", 2, "needs a `minimum`"),
        Mistake("hub: h\nprivacy: { c: { minimum: 0 } }\n", 2, "is at least 1"),
        Mistake("hub: h\nprivacy: { c: { minimum: 2.5 } }\n", 2, "must be a whole number"),
        Mistake("hub: h\nprivacy: { c: { minimal: 5 } }\n", 2, "did you mean `minimum`?"),
        Mistake("hub: h\npublic: { shared: [a] }\n", 2, "did you mean `share`?"),
        Mistake("hub: h\nrow_access: { a: b }\n", 2, "`row_access` must be a list"),
    ])
    func datasetsAndPrivacy(mistake: Mistake) throws {
        try expectRefusal(mistake)
    }

    @Test(arguments: [
        Mistake("hub: h\nmeasures: { a.b: { param: {} } }\n", 2, "did you mean `params`?"),
        Mistake("hub: h\nmeasures: { a.b: { enabled: yes } }\n", 2, "must be true or false"),
        Mistake("hub: h\nmeasures: { a.b: { phases: x } }\n", 2, "`measures.a.b.phases` must be a list"),
        Mistake("hub: h\nmeasures: { a.b: { phases: [ { start: 2026-01-05 } ] } }\n", 2, "a phase is written { start:"),
        Mistake(
            "hub: h\nmeasures: { a.b: { phases: [ { start: 5 Jan, reason: new } ] } }\n", 2, "must be a date such as"),
        Mistake(
            "hub: h\nmeasures: { a.b: { phases: [ { strat: 2026-01-05, reason: new } ] } }\n", 2,
            "did you mean `start`?"),
        Mistake(
            "hub: h\nmeasures: { a.b: { phases: [ { start: 2026-01-05, reason: \"a\\u202eb\" } ] } }\n", 2,
            "characters that cannot be seen"),
        Mistake(
            "hub: h\nmeasures: { a.b: { phases: [ { start: 2026-01-05, reason: a }, { start: 2026-01-05, reason: b } ] } }\n",
            2, "starts twice on 2026-01-05"),
        Mistake("hub: h\nmeasures:\n  a.b:\n    params:\n      x: many\n", 5, "must be a number"),
        Mistake("hub: h\nmeasures: { a.b: { params: { x: .inf } } }\n", 2, "must be a number"),
        Mistake("hub: h\nlimits: { cpu: fast }\n", 2, "is a time such as 10s or 500ms"),
        Mistake("hub: h\nlimits: { memory: 1KB }\n", 2, "is a size from 1MB to 1024GB"),
        Mistake("hub: h\nlimits: { fuel: lots }\n", 2, "`limits.fuel` is a whole number of instructions above 0"),
        Mistake("hub: h\nlimits: { fuel: 0 }\n", 2, "`limits.fuel` is a whole number of instructions above 0"),
        Mistake("hub: h\nlimits: { time: 1s }\n", 2, "has no key `time`"),
        Mistake("hub: h\nlimits: { memroy: 64MB }\n", 2, "did you mean `memory`?"),
        Mistake("hub: h\nlimits: { result_key: 5 }\n", 2, "did you mean `result_keys`?"),
        Mistake("hub: h\nlimits: { cpu: 24h }\n", 2, "above 0 and below 24 hours"),
        Mistake("hub: h\nlimits: { block: 1KB }\n", 2, "is a size from 64KB"),
        Mistake("hub: h\nlimits: { memory: 64MB, block: 65MB }\n", 2, "at most `memory`, here 64 MB"),
        Mistake("hub: h\nlimits: { source: 65KB }\n", 2, "is a size from 1KB to 64KB"),
        Mistake("hub: h\nlimits: { result: 17MB }\n", 2, "is a size from 1KB to 16MB"),
        Mistake("hub: h\nlimits: { result_keys: 0 }\n", 2, "is a whole number from 1 to 100,000"),
        Mistake("hub: h\nlimits: { result_depth: 33 }\n", 2, "is a whole number from 1 to 32"),
        Mistake("hub: h\nlimits: { log: 1GB }\n", 2, "is a size from 1KB to 4MB"),
        Mistake("hub: h\nlimits: { log_lines: many }\n", 2, "is a whole number from 1 to 100,000"),
        Mistake("hub: h\nmeasures:\n  a.b:\n    limits: { cpus: 1s }\n", 4, "did you mean `cpu`?"),
        Mistake("hub: h\nmeasures:\n  a.b:\n    limits: { memory: 1 }\n", 4, "`measures.a.b.limits.memory` is a size"),
        Mistake(
            "hub: h\nlimits: { block: 64MB }\nmeasures: { a.b: { limits: { memory: 32MB } } }\n", 3,
            "at most `memory`, here 32 MB"),
        Mistake("hub: h\nsandbox: off\n", 2, "choose one of required, best-effort"),
        Mistake("hub: h\nplugins: { signature: optional }\n", 2, "did you mean `signatures`?"),
        Mistake("hub: h\nplugins: { signatures: none }\n", 2, "choose one of required, optional"),
        Mistake("hub: h\nplugins:\n  revoked_keys: \"\"\n", 3, "`plugins.revoked_keys` is empty"),
        Mistake("hub: h\nplugins: { registry: [a] }\n", 2, "`plugins.registry` must be a text"),
    ])
    func measuresAndLimits(mistake: Mistake) throws {
        try expectRefusal(mistake)
    }

    @Test func noWorkspaceAtAll() throws {
        try withTemporaryFolder { folder in
            #expect(WorkspaceFolder.refusal { _ = try Workspace.open(folder) }?.code == .noWorkspace)
            #expect(WorkspaceFolder.refusal { _ = try Workspace.find(from: folder) }?.code == .noWorkspace)
        }
        try WorkspaceFolder.with("hub: h\n") { folder in
            try folder.write("a/b/c.txt", "")
            let found = try Workspace.find(from: folder.url.appending(path: "a/b"))
            #expect(found.resolvingSymlinksInPath().path == folder.url.resolvingSymlinksInPath().path)
        }
    }

    @Test func aFileThatIsNotUTF8() throws {
        let error = try WorkspaceFolder.with("hub: h\n") { folder in
            try Data([0x68, 0x75, 0x62, 0x3a, 0x20, 0xe9]).write(to: folder.url.appending(path: "plumbline.yaml"))
            return WorkspaceFolder.refusal { _ = try folder.open() }
        }
        #expect(error?.code == .badConfiguration)
    }
}

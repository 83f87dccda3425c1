import Foundation
import MeasureModel
import PlumblineTestSupport
import Testing
import Workspace

@testable import Nightly

/// Measures of plugins in the night: under ids of their own, out of the bytes that were checked, and stale where those are
/// not there any more.
struct PluginNightTests {
    private let id = "riverbend/climate/team.trust"

    @Test func measuresOfPluginsArePublishedUnderTheirNames() throws {
        try PluginWorld.with(.climate()) { world in
            #expect(try world.night().failures == [])
            #expect(try world.published(id) == (try world.published("culture.trust")))
            #expect(try !world.published(id).isEmpty)
            #expect(try world.provenance(id) == ["riverbend/climate@1.2.0"])
            #expect(try world.provenance("culture.trust") == [nil])
            // What lies in the folder is not what was checked.
            try FileManager.default.createDirectory(
                at: world.small.folder.appending(path: "Plugins/climate/Measures"), withIntermediateDirectories: true)
            try world.small.write("Plugins/climate/Measures/trust.lua", "return 1")
            let again = try world.night()
            #expect(again.evaluated == 0 && again.edition == nil)
        }
    }

    @Test func provenanceNamesThePluginsOfModules() throws {
        let value = "return require('hub.scales').of(g.trust):mean()"
        var climate = InstalledPlugin.climate(value)
        climate.needs = ["plumbline/hub"]
        try PluginWorld.with(climate, .hub()) { world in
            try world.small.write(
                "Measures/double.lua", SmallWorkspace.measure("culture.double", value: value))
            #expect(try world.night().failures == [])
            #expect(try world.provenance(id) == ["plumbline/hub@1.0.0 riverbend/climate@1.2.0"])
            #expect(try world.provenance("culture.double") == ["plumbline/hub@1.0.0"])
            #expect(try world.published(id) == (try world.published("culture.double")))
        }
    }

    /// The same sources under a new version are evaluated again, so that provenance tells the version that ran.
    @Test func anotherVersionOfTheSameSourcesIsNamed() throws {
        try PluginWorld.with(.climate()) { world in
            try world.night()
            let values = try world.published(id)
            world.plugins = InstalledPlugins([.climate(version: "1.3.0")])
            #expect(try world.night().edition == 2)
            #expect(try world.provenance(id) == ["riverbend/climate@1.3.0"])
            #expect(try world.published(id) == values)
        }
    }

    @Test func aPluginThatMayNotRunLeavesItsLastValues() throws {
        try PluginWorld.with(.climate()) { world in
            try world.night()
            let values = try world.published(id)
            let reason = "Plugins/climate/Measures/trust.lua was edited since it was locked"
            world.plugins = InstalledPlugins([.climate(obstacle: reason)])
            let letter = try world.night()
            #expect(letter.failures.map(\.measure) == ["riverbend/climate"])
            #expect(letter.failures.first?.failure == Failure(.refused, reason))
            #expect(try world.published(id) == values)
            #expect(Set(try world.published(id, "status")).subtracting(["suppressed"]) == ["stale"])
            #expect(try world.provenance(id) == ["riverbend/climate@1.2.0"])
            #expect(try Set(world.published("culture.trust", "status")).contains("stale") == false)
            world.plugins = InstalledPlugins([.climate()])
            #expect(try world.night().failures == [])
            #expect(try Set(world.published(id, "status")).contains("stale") == false)
        }
    }

    @Test func aPluginThatNeverRanIsOneFailure() throws {
        try PluginWorld.with(.climate(obstacle: "nobody approved it")) { world in
            let letter = try world.night()
            #expect(letter.failures.map(\.measure) == ["riverbend/climate"])
            #expect(try world.published(id) == [])
            #expect(try !world.published("culture.trust").isEmpty)
        }
    }

    @Test func modulesAloneAreANotice() throws {
        try PluginWorld.with(.hub(obstacle: "its key was revoked")) { world in
            try world.small.write(
                "Measures/double.lua",
                SmallWorkspace.measure("culture.double", value: "return require('hub.scales').of(g.trust):mean()"))
            let letter = try world.night()
            #expect(letter.notices.contains("plumbline/hub does not run: its key was revoked."))
            #expect(letter.failures.map(\.measure) == ["Measures/double.lua"])
            let failure = try #require(letter.failures.first?.failure)
            #expect(failure.code == .refused && failure.line == 5)
            #expect(failure.message.hasSuffix("its key was revoked"), "\(failure.message)")
        }
    }

    @Test func aBrokenLockFileStopsAllPlugins() throws {
        try PluginWorld.with(.climate()) { world in
            try world.night()
            let values = try world.published(id)
            world.plugins = InstalledPlugins(problem: "plumb.lock cannot be read: line 3 is no plugin")
            let letter = try world.night()
            #expect(letter.failures.map(\.measure) == ["plumb.lock"])
            #expect(letter.failures.first?.failure.message == "plumb.lock cannot be read: line 3 is no plugin")
            #expect(try world.published(id) == values)
            #expect(Set(try world.published(id, "status")).subtracting(["suppressed"]) == ["stale"])
            // One that is no longer locked is gone.
            world.plugins = InstalledPlugins()
            #expect(try world.night().failures == [])
            #expect(try world.published(id) == [])
        }
    }

    @Test func onlyOthersCarriesItOver() throws {
        try PluginWorld.with(.climate()) { world in
            try world.night()
            world.plugins = InstalledPlugins([.climate(obstacle: "nobody approved it")])
            #expect(try world.night(only: ["culture.trust"]).failures == [])
            #expect(try Set(world.published(id, "status")).contains("stale") == false)
            #expect(try world.night(only: [id]).failures.map(\.measure) == ["riverbend/climate"])
            #expect(try Set(world.published(id, "status")).contains("stale"))
        }
    }

    @Test func settingsGoByTheFullID() throws {
        let climate = InstalledPlugin.climate(
            "return g.trust:mean() + p.more", more: "params = { more = { default = 0, min = 0, max = 10 } },")
        try PluginWorld.with(climate) { world in
            let file = world.small.folder.appending(path: "plumbline.yaml")
            let configuration = try String(contentsOf: file, encoding: .utf8)
            try world.small.write(
                "plumbline.yaml", configuration + "measures: { \(id): { params: { more: 10 } } }\n")
            #expect(try world.night().failures == [])
            let values = try world.published(id).compactMap(Double.init)
            let trust = try world.published("culture.trust").compactMap(Double.init)
            #expect(values.count == trust.count && zip(values, trust).allSatisfy { abs($0 - $1 - 10) < 1e-9 })
            try world.small.write("plumbline.yaml", configuration + "measures: { \(id): { enabled: false } }\n")
            try world.night()
            #expect(try world.published(id) == [])
            // One that is switched off stays so, whatever becomes of its plugin.
            world.plugins = InstalledPlugins([.climate(obstacle: "nobody approved it")])
            try world.night()
            #expect(try world.published(id) == [])
        }
    }

    // MARK: What is declared

    @Test func whatIsNotDeclaredIsSaidWithItsLine() throws {
        var climate = InstalledPlugin.climate()
        climate.reads = [DatasetReads(dataset: "survey", columns: ["role"])]
        try PluginWorld.with(climate) { world in
            let measure = try #require(try world.checked().first { $0.file.plugin != nil })
            let findings = measure.findings.filter(\.isError)
            #expect(
                findings.map(\.message) == [
                    "riverbend/climate declares no column `trust` of survey under `reads` in its plugin.yaml"
                ])
            #expect(findings.map(\.line) == [3])
            #expect(try world.night().failures.map(\.measure) == [id])
        }
    }

    /// In a worker of the night, with the data of the night: a measure that tries all names.
    @Test func aNightsWorkerHidesWhatIsNotDeclared() throws {
        let source = """
            return measure {
              id = "team.probe", version = "1.0.0", title = "probe", domain = "culture", type = "driver", unit = "columns",
              from = "survey", by = { {} }, every = "wave",
              value = function(g, p)
                local names = { "respondent", "role", "submitted", "plumbline.period", "trust", "network", "trust.missing" }
                local seen = g.trust:count() * 0
                for _, name in ipairs(names) do
                  if pcall(function() return g[name]:count() end) then seen = seen + 1 end
                end
                return seen
              end,
            }
            """
        let probe = InstalledPlugin.with(["Measures/probe.lua": source])
        try PluginWorld.with(probe) { world in
            let letter = try world.night()
            #expect(letter.failures == [])
            #expect(try world.published("riverbend/climate/team.probe") == ["2.0", "2.0"])
        }
    }

    @Test func rowsNeedTheirDeclaration() throws {
        var climate = InstalledPlugin.climate("local n = 0 for r in g:rows() do n = n + 1 end return n")
        try PluginWorld.with(climate) { world in
            let refused = try #require(try world.checked().first { $0.file.plugin != nil }?.obstacle)
            #expect(refused.line == 5)
            #expect(refused.message.contains("declares `rows: true` for `survey` under `reads`"), "\(refused.message)")
            climate.reads[0].rows = true
            world.plugins = InstalledPlugins([climate])
            #expect(try world.night().failures == [])
            #expect(try !world.published(id).isEmpty)
        }
    }

    @Test func settingsOfNoMeasureArePointedOut() throws {
        try PluginWorld.with(.climate(), .hub(obstacle: "nobody approved it")) { world in
            let file = world.small.folder.appending(path: "plumbline.yaml")
            let configuration = try String(contentsOf: file, encoding: .utf8)
            try world.small.write(
                "plumbline.yaml",
                configuration
                    + "measures: { riverbend/climate/team.trsut: {}, \(id): {}, plumbline/hub/x: {}, a.b: {} }\n")
            let findings = PluginFindings.all(in: try world.workspace(), try world.checked())
            #expect(
                findings.map(\.message) == [
                    "plumbline/hub does not run: nobody approved it",
                    "`measures` sets something for `riverbend/climate/team.trsut`, which no plugin has; did you mean "
                        + "`riverbend/climate/team.trust`?",
                ])
            #expect(findings.map(\.isError) == [true, false])
        }
    }
}

import Foundation
import PlumblineTestSupport
import Testing

/// The sample workspace: what was planted comes out, and the same seed gives the same bytes.
struct DemoTests {
    /// A demo in a folder, with its exported files.
    private static func demo(_ name: String, in folder: URL, _ options: [String] = []) throws -> [String: Data] {
        let made = try run(BuiltProgram.plumb, ["demo", name, "--json"] + options, in: folder)
        #expect(made.status == 0, "\(made.errors)")
        let site = folder.appending(path: "\(name)/site")
        let files = try FileManager.default.subpathsOfDirectory(atPath: site.path)
            .filter { $0.hasSuffix(".json") || $0.hasSuffix(".csv") || $0.hasSuffix("html") || $0.hasSuffix("ndjson") }
        return try Dictionary(uniqueKeysWithValues: files.map { ($0, try Data(contentsOf: site.appending(path: $0))) })
    }

    private struct Cell: Hashable {
        var measure: String
        var part: String?
        var group: [String: String]
        var period: String

        /// The cell that an observation or a planted truth speaks of.
        init(_ object: [String: Any], period: String) {
            measure = object["measure"] as? String ?? ""
            part = object["part"] as? String
            group = object["group"] as? [String: String] ?? [:]
            self.period = period
        }
    }

    private static func cells(_ ndjson: Data?) throws -> [Cell: [String: Any]] {
        var cells: [Cell: [String: Any]] = [:]
        for line in (ndjson ?? Data()).split(separator: UInt8(ascii: "\n")) {
            guard let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any],
                let period = object["period"] as? [String: Any]
            else { continue }
            cells[Cell(object, period: period["label"] as? String ?? "")] = object
        }
        return cells
    }

    /// Measures over longer stretches find the effects that were planted, as near as chance allows.
    private static func expectEffects(_ effects: [[String: Any]], in published: [Cell: [String: Any]]) throws {
        var found = 0
        for effect in effects {
            let size = try #require(effect["size"] as? Double)
            for finding in effect["found"] as? [[String: Any]] ?? [] {
                let cell = Cell(finding, period: finding["period"] as? String ?? "")
                let value = try #require(published[cell]?["value"] as? Double, "\(cell) has no value")
                let within = try #require(finding["within"] as? Double)
                #expect(abs(value - size) <= within + 1e-9, "\(cell): \(value), planted \(size)")
                found += 1
            }
        }
        #expect(found >= 16)
    }

    @Test func whatWasPlantedComesOut() throws {
        try withTemporaryFolder { folder in
            let site = try Self.demo("demo", in: folder)
            let published = try Self.cells(site["observations.ndjson"])
            let truths =
                try JSONSerialization.jsonObject(
                    with: Data(contentsOf: folder.appending(path: "demo/planted-truths.json"))) as? [String: Any]
            let planted = truths?["observations"] as? [[String: Any]] ?? []
            #expect(planted.count > 2_500)
            var hidden: Set<String> = []
            for truth in planted {
                let cell = Cell(truth, period: truth["period"] as? String ?? "")
                let found = try #require(published[cell], "\(cell) was planted and is not there")
                #expect(found["status"] as? String == truth["status"] as? String, "\(cell)")
                #expect(found["n"] as? Int == truth["n"] as? Int, "\(cell)")
                let (value, wanted) = (found["value"] as? Double, truth["value"] as? Double)
                #expect((value == nil) == (wanted == nil), "\(cell)")
                if let value, let wanted { #expect(abs(value - wanted) <= 1e-12, "\(cell): \(value), \(wanted)") }
                if truth["status"] as? String == "suppressed" { hidden.insert(cell.measure) }
            }
            // Each table has a cell of too few persons.
            #expect(
                hidden.isSuperset(of: [
                    "cul.trust", "cul.identity", "dq.response_rate", "pdsa.prediction_rate", "spr.adoption_rate",
                    "spr.ownership",
                    "net.cross_school_share", "eng.attendance_rate", "out.on_track", "out.on_track_counts",
                    "spr.progress_score", "out.balancing_breach", "ci.measure_coverage",
                ]), "\(hidden.sorted())")
            try Self.expectEffects(truths?["effects"] as? [[String: Any]] ?? [], in: published)
            // Every domain that the sample serves has a measure, and every measure has a value for all together.
            let measures =
                try JSONSerialization.jsonObject(with: site["measures.json"] ?? Data()) as? [String: [[String: Any]]]
            let domains = Set((measures?["measures"] ?? []).compactMap { $0["domain"] as? String })
            #expect(domains.count == 12)
            #expect(Set(published.keys.map(\.measure)).count >= 69)
        }
    }

    @Test func theSameSeedGivesTheSameBytesWhateverTheWorkers() throws {
        try withTemporaryFolder { folder in
            let small = ["--networks", "3", "--people", "150"]
            let one = try Self.demo("one", in: folder, small + ["--seed", "7", "--workers", "1"])
            let two = try Self.demo("two", in: folder, small + ["--seed", "7", "--workers", "4"])
            #expect(Set(one.keys) == Set(two.keys))
            for (name, bytes) in one where name != "index.json" { #expect(two[name] == bytes, "\(name) differs") }
            let other = try Self.demo("other", in: folder, small + ["--seed", "8"])
            #expect(other["observations.ndjson"] != one["observations.ndjson"])
        }
    }

    @Test func aNetworkSeesItsOwnCellsOnly() throws {
        try withTemporaryFolder { folder in
            _ = try Self.demo("demo", in: folder, ["--networks", "2", "--people", "120"])
            let demo = folder.appending(path: "demo")
            let exported = try run(
                BuiltProgram.plumb, ["feed", "export", "--to", "own", "--audience", "early-literacy"], in: demo)
            #expect(exported.status == 0, "\(exported.errors)")
            let text = try String(contentsOf: demo.appending(path: "own/observations.ndjson"), encoding: .utf8)
            #expect(text.contains(#""measure":"early-literacy/reading.minutes""#))
            #expect(!text.contains("middle-math"))
        }
    }

    @Test func impossibleSamplesAreUsageErrors() throws {
        try withTemporaryFolder { folder in
            let few = try BuiltProgram.plumb("demo", "demo", "--people", "40", "--json", in: folder)
            #expect(few.status == 2)
            #expect(few.errorMessage?.contains("at least 48 people for each network") == true)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
            #expect(try BuiltProgram.plumb("init", "ws", in: folder).status == 0)
            let taken = try BuiltProgram.plumb("demo", "ws", in: folder)
            #expect(taken.status == 2)
            #expect(taken.errors.contains("is a workspace already"))
        }
    }
}

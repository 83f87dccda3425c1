public import Foundation

/// A workspace of two networks with a survey of two waves, made by `plumb init` and `plumb import`, for tests that run the
/// built program.
public struct SmallWorkspace {
    /// Its folder.
    public let folder: URL

    /// Makes a workspace in an empty folder and imports the survey.
    public init(in folder: URL) throws {
        self.folder = folder.appending(path: "ws")
        for path in ["Measures", "networks/east/Measures", "networks/west/Measures", "codebooks"] {
            try FileManager.default.createDirectory(
                at: self.folder.appending(path: path), withIntermediateDirectories: true)
        }
        try write("plumbline.yaml", Self.configuration)
        try write("codebooks/survey.yaml", "items:\n  trust: { label: \"I trust my team\", range: [1, 6] }\n")
        try write("Measures/trust.lua", Self.trust)
        try write("survey.csv", Self.survey)
        let imported = try plumb("import", "survey", "survey.csv")
        guard imported.status == 0 else { throw Failed(text: imported.errors) }
    }

    /// Something that should have worked did not.
    public struct Failed: Error {
        /// What the program said.
        public var text: String
    }

    /// Writes a file of the workspace.
    public func write(_ path: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: path))
    }

    /// Runs `plumb` in the workspace.
    public func plumb(_ arguments: String...) throws -> Finished {
        try run(BuiltProgram.plumb, arguments, in: folder)
    }

    /// Runs a night that looks from a fixed day.
    public func night(_ arguments: String...) throws -> Finished {
        try run(BuiltProgram.plumb, ["nightly", "--json", "--as-of", "2026-06-30"] + arguments, in: folder)
    }

    /// What the hub sees of the newest edition, as it was sealed.
    public func published(_ audience: String = "hub") throws -> String {
        try exported("observations.ndjson", audience: audience)
    }

    /// A file of the newest edition's feed.
    public func exported(_ file: String, audience: String = "hub") throws -> String {
        let target = folder.appending(path: "out-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: target) }
        let finished = try plumb("feed", "export", "--to", target.path, "--audience", audience)
        guard finished.status == 0 else { throw Failed(text: finished.errors) }
        return try String(contentsOf: target.appending(path: file), encoding: .utf8)
    }

    /// The hub's observations of a measure.
    public func observations(of measure: String, audience: String = "hub") throws -> [[String: Any]] {
        try published(audience).split(separator: "\n").compactMap { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return object?["measure"] as? String == measure ? object : nil
        }
    }

    /// The text of a measure over the survey.
    public static func measure(_ id: String, value: String, more: String = "") -> String {
        """
        return measure {
          id = "\(id)", version = "1.0.0", title = "\(id)", domain = "culture", type = "driver", unit = "points",
          from = "survey", columns = { "trust" }, by = { {}, { "network" } }, every = "wave", \(more)
          value = function(g, p)
            \(value)
          end,
        }
        """
    }

    private static let trust = measure(
        "culture.trust", value: "return g.trust:mean()",
        more:
            "tests = { { name = \"two\", rows = { { trust = 2 }, { trust = 4 }, {} }, expect = { value = 3, n = 2 } } },"
    )

    private static let configuration = """
        hub: riverbend
        time_zone: America/Chicago
        networks: { east: { share: ["*"] }, west: { share: [] } }
        waves:
          - { id: 2025-fall, start: 2025-09-01, end: 2025-12-20 }
          - { id: 2026-spring, start: 2026-02-01, end: 2026-06-01 }
        datasets:
          survey: { class: staff_survey, person: respondent, period: { column: submitted }, codebook: codebooks/survey.yaml }
        privacy: { staff_survey: { minimum: 5 } }
        limits: { cpu: 2s, memory: 64MB }

        """

    /// East has eight persons in each wave with a mean of 4; west has four in the fall, six in spring with a mean of 3.
    public static let survey: String = {
        var text = "respondent,network,role,trust,submitted\n"
        func add(_ network: String, _ day: String, _ answers: [Int]) {
            for (index, answer) in answers.enumerated() {
                text += "\(network)-\(index),\(network),\(index % 3 == 0 ? "coach" : "teacher"),\(answer),\(day)\n"
            }
        }
        add("east", "2025-10-01", [4, 4, 3, 5, 2, 6, 4, 4])
        add("east", "2026-03-01", [5, 3, 4, 4, 5, 3, 4, 4])
        add("west", "2025-10-02", [1, 2, 3, 4])
        add("west", "2026-03-02", [3, 3, 2, 4, 1, 5])
        return text
    }()
}

import Foundation
import PlumblineTestSupport

/// A workspace of two networks without data, for tests of `plumb import`.
struct ImportFolder {
    let folder: URL

    /// Runs `body` with a workspace. `datasets` and `more` are lines of `plumbline.yaml`; codebooks come by path.
    static func with(
        datasets: String = "  survey: { class: staff, person: respondent, period: { column: submitted } }",
        more: String = "", codebooks: [String: String] = [:], _ body: (ImportFolder) throws -> Void
    ) throws {
        try withTemporaryFolder { folder in
            let workspace = ImportFolder(folder: folder)
            try workspace.write("plumbline.yaml", configuration(datasets, more))
            for (path, text) in codebooks { try workspace.write(path, text) }
            try body(workspace)
        }
    }

    private static func configuration(_ datasets: String, _ more: String) -> String {
        """
        hub: riverbend
        time_zone: America/Chicago
        networks: { east: {}, west: {} }
        waves:
          - { id: 2025-fall, start: 2025-09-01, end: 2025-12-20 }
          - { id: 2026-spring, start: 2026-02-01, end: 2026-06-01 }
        datasets:
        \(datasets)
        privacy: { staff: { minimum: 5 } }
        \(more)

        """
    }

    /// Writes a file of the workspace.
    func write(_ path: String, _ text: String) throws {
        try write(path, Array(text.utf8))
    }

    /// Writes a file of the workspace.
    func write(_ path: String, _ bytes: [UInt8]) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// Runs `plumb` in the workspace with `--json`.
    func plumb(_ arguments: String...) throws -> Finished {
        try run(BuiltProgram.plumb, arguments + ["--json"], in: folder)
    }

    /// Imports a file that holds `text`, and gives what is reported of it.
    @discardableResult
    func load(
        _ text: String, into dataset: String = "survey", as name: String = "load", _ options: String...
    ) throws -> Report {
        try write("\(name).csv", text)
        let arguments = ["import", dataset, "\(name).csv", "--json"] + options
        let finished = try run(BuiltProgram.plumb, arguments, in: folder)
        guard let report = try Report.all(finished).first else { throw Refused(finished: finished) }
        return report
    }

    /// An import that should have worked did not.
    struct Refused: Error, CustomStringConvertible {
        var finished: Finished
        var description: String { finished.errors }
    }

    /// What is reported of an import.
    struct Report: Decodable {
        struct Column: Decodable, Equatable {
            var name: String
            var type: String
            var missing: Int
        }

        var dataset, load, load_id, snapshot_id: String
        var unchanged, dry_run: Bool
        var rows_read, rows_loaded, rows_rejected: Int
        var networks: [String: Int]
        var reject_file: String?
        var columns: [Column]
        var notes: [String]

        /// The type of a column, nil where there is none.
        func type(_ column: String) -> String? { columns.first { $0.name == column }?.type }

        /// What a run of `plumb import --json` reported of each file.
        static func all(_ finished: Finished) throws -> [Report] {
            struct Reports: Decodable { var imports: [Report]? }
            return try JSONDecoder().decode(Reports.self, from: Data(finished.output.utf8)).imports ?? []
        }
    }

    /// The values of an expression, by the values of the group and the period's label, joined with commas.
    func values(
        _ expression: String, from dataset: String = "survey", by: String? = nil, every: String = "all"
    ) throws -> [String: Double?] {
        try cells(["--expr", expression, "--from", dataset], by: by, every: every)
    }

    /// The values of a measure's file, likewise.
    func values(ofMeasure file: String, by: String? = nil, every: String = "all") throws -> [String: Double?] {
        try cells([file], by: by, every: every)
    }

    private func cells(_ what: [String], by: String?, every: String) throws -> [String: Double?] {
        let options = ["--every", every, "--as-of", "2026-12-31", "--json"] + (by.map { ["--by", $0] } ?? [])
        let finished = try run(BuiltProgram.plumb, ["eval"] + what + options, in: folder)
        guard finished.status == 0 else { throw Refused(finished: finished) }
        var values: [String: Double?] = [:]
        for cell in try finished.json()["observations"] as? [[String: Any]] ?? [] {
            let group = cell["group"] as? [String: String] ?? [:]
            let period = (cell["period"] as? [String: String])?["label"] ?? ""
            let key = group.sorted { $0.key < $1.key }.map(\.value) + (every == "all" ? [] : [period])
            values[key.joined(separator: ",")] = cell["value"] as? Double
        }
        return values
    }

    /// Everything that an import may change, as one text: datasets, loads, columns, and the files of rows.
    func state() throws -> String {
        let loads = folder.appending(path: ".plumbline/loads").path
        let files = try? FileManager.default.subpathsOfDirectory(atPath: loads)
        return try plumb("data").output + (files ?? []).sorted().joined(separator: "\n")
    }
}

import ArgumentParser
import Foundation
import MeasureModel
import Workspace

struct InitCommand: PlumbCommand {
    static let configuration = CommandConfiguration(commandName: "init", abstract: "Make a new workspace.")

    @OptionGroup var common: CommonOptions
    @Argument(help: ArgumentHelp("The folder; it may exist, but no workspace in it.", valueName: "DIR")) var folder:
        String

    func execute(_ console: Console) throws -> ExitStatus {
        let target = URL(filePath: folder, directoryHint: .isDirectory)
        try WorkspaceTemplate.requireNoWorkspace(in: target)
        if Installation.shared(PluginShelf.folderName) != nil {
            try ShippedPlugins.install(in: target)
        } else {
            console.say("The plugins that ship with plumb are not in \(Installation.sharedFolder): none are copied.")
        }
        try WorkspaceTemplate.write(WorkspaceTemplate.files, to: target)
        console.show(
            """
            A workspace is in \(target.path). Next:
              cd \(folder)
              plumb import survey FILE.csv
              plumb nightly
              plumb edition show
            """)
        console.emit(.object([("workspace", .string(target.path))]))
        return .done
    }
}

/// The files of a new workspace.
enum WorkspaceTemplate {
    static func requireNoWorkspace(in folder: URL) throws {
        guard !FileManager.default.fileExists(atPath: folder.appending(path: "plumbline.yaml").path) else {
            throw UsageError("\(folder.path) is a workspace already.")
        }
    }

    /// Copies a folder that ships with the program, where the workspace has none of that name.
    static func copyShipped(_ name: String, to folder: URL) throws {
        guard let shipped = Installation.shared(name) else {
            throw UsageError(
                "What ships with plumb is not where it belongs: put `\(name)` into \(Installation.sharedFolder).")
        }
        let target = folder.appending(path: name)
        guard !FileManager.default.fileExists(atPath: target.path) else { return }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: shipped, to: target)
        } catch {
            throw WorkspaceError(
                .notWritable, "The workspace cannot be written to \(folder.path): \(FileTrouble.reason(error)).",
                file: folder.path)
        }
    }

    /// Writes files with the folders they need; what is there already is not overwritten.
    static func write(_ files: [(path: String, text: String)], to folder: URL) throws {
        do {
            for (path, text) in files {
                let file = folder.appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file, options: .withoutOverwriting)
            }
        } catch {
            throw WorkspaceError(
                .notWritable, "The workspace cannot be written to \(folder.path): \(FileTrouble.reason(error)).",
                file: folder.path)
        }
    }

    static let files: [(path: String, text: String)] = [
        ("plumbline.yaml", configuration), ("codebooks/survey.yaml", codebook), ("Measures/minutes.lua", measure),
        ("networks/main/Measures/.gitkeep", ""), (".gitignore", ".plumbline/\n"),
    ]

    private static let configuration = """
        # The hub, and the networks it leads. What a network's own measures (in networks/<id>/Measures) may show
        # in the hub's feed stands under `share`.
        hub: my-hub
        time_zone: America/Chicago
        networks:
          main: { share: ["*"] }

        # Waves have dates, so that they never have to be sorted by name. `end` is the day after the last.
        waves:
          - { id: 2025-fall, start: 2025-09-01, end: 2025-12-20 }
          - { id: 2026-spring, start: 2026-02-01, end: 2026-06-01 }

        # Each dataset says who its persons are and when its rows were. `person: row` is for anonymous answers.
        datasets:
          survey:
            class: staff_survey
            person: respondent
            period: { column: submitted }
            codebook: codebooks/survey.yaml

        # Numbers that rest on fewer persons than this are hidden, whatever a script says.
        privacy:
          staff_survey: { minimum: 5 }

        limits: { cpu: 10s, memory: 256MB }

        """

    private static let codebook = """
        # What the columns of the survey are, and how files become them.
        columns:
          respondent: { label: "Who answered" }
          submitted: { label: "When", type: timestamp }
          minutes: { label: "Minutes of common planning time last week", type: number }
        missing:
          not_applicable: ["NA"]

        """

    private static let measure = """
        -- The mean of one column, for everybody and by role.
        return measure {
          id = "roles.planning_minutes", version = "1.0.0",
          title = "Common planning time", question = "How many minutes do teams plan together in a week?",
          domain = "roles", type = "process", direction = "higher", unit = "minutes",
          from = "survey", columns = { "minutes" },
          by = { {}, { "role" } }, every = "wave",
          value = function(g, p)
            return g.minutes:mean()
          end,
          tests = {
            { name = "a mean of two", rows = { { minutes = 30 }, { minutes = 50 } }, expect = { value = 40, n = 2 } },
            { name = "a blank is left out", rows = { { minutes = 30 }, {} }, expect = { value = 30, n = 1 } },
            { name = "nobody answered", rows = { {} }, expect = { status = "insufficient" } },
          },
        }

        """
}

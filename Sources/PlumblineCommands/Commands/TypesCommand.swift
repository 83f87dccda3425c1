import ArgumentParser
import Foundation
import MeasureLanguage
import MeasureModel
import Workspace

struct TypesCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "types", abstract: "Write definitions for editors (lua-language-server), with your own columns.",
        discussion: """
            Editors with lua-language-server complete and explain what measures can call once its library holds the \
            folder. In `.luarc.json` beside plumbline.yaml: { "workspace.library": ["types"] }
            """)

    @OptionGroup var common: CommonOptions
    @Option(
        name: .customLong("to"),
        help: ArgumentHelp("The folder to write to (default: `types` in the workspace).", valueName: "DIR"))
    var folder: String?

    func execute(_ console: Console) throws -> ExitStatus {
        let workspace = try common.openWorkspace()
        let target =
            folder.map { URL(filePath: $0, directoryHint: .isDirectory) } ?? workspace.url.appending(path: "types")
        let file = target.appending(path: "plumbline.lua")
        let columns = try columns(of: workspace)
        do {
            try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
            try Data(EditorDefinitions.file(columns: columns).utf8).write(to: file, options: .atomic)
        } catch {
            throw WorkspaceError(
                .notWritable, "The definitions cannot be written to \(file.path): \(FileTrouble.reason(error)).",
                file: file.path)
        }
        console.show("Wrote \(file.path): \(columns.count) columns and everything that measures can call.")
        console.emit(.object([("file", .string(file.path)), ("columns", .integer(columns.count))]))
        return .done
    }

    /// One for each name, telling of every dataset that has it.
    private func columns(of workspace: Workspace) throws -> [EditorDefinitions.Column] {
        let store = try workspace.openStoreForReading()
        var about: [String: [String]] = [:]
        for dataset in workspace.config.datasets {
            let codebook = workspace.codebook(of: dataset.name)
            for column in try store?.snapshot(of: dataset.name).columns ?? [] {
                let label = codebook.columns[column.name]?.label.map { ": \($0)" } ?? ""
                about[column.name, default: []].append("\(dataset.name) (\(column.type))\(label)")
            }
        }
        return about.keys.sorted().map {
            EditorDefinitions.Column(name: $0, about: (about[$0] ?? []).joined(separator: "; "))
        }
    }
}

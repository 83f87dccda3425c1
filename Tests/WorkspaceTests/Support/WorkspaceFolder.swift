import Foundation
import PlumblineTestSupport
import Workspace

/// A folder that tests make a workspace in.
struct WorkspaceFolder {
    let url: URL

    /// Runs `body` with a workspace of this configuration, and of codebooks by path.
    static func with<Result>(
        _ configuration: String, codebooks: [String: String] = [:], _ body: (WorkspaceFolder) throws -> Result
    ) throws -> Result {
        try withTemporaryFolder { url in
            let folder = WorkspaceFolder(url: url)
            try folder.write("plumbline.yaml", configuration)
            for (path, text) in codebooks { try folder.write(path, text) }
            return try body(folder)
        }
    }

    /// Writes a file, and the folders on its way.
    func write(_ path: String, _ text: String) throws {
        let file = url.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func open() throws -> Workspace { try Workspace.open(url) }

    /// Imports a CSV into a dataset under a name.
    @discardableResult
    func load(
        _ dataset: String, _ text: String, as name: String = "load", change: (inout ImportRequest) -> Void = { _ in }
    ) throws -> ImportReport {
        try write("\(name).csv", text)
        let workspace = try open()
        var request = ImportRequest(dataset: dataset, file: url.appending(path: "\(name).csv"))
        change(&request)
        return try Importer(workspace, try workspace.openStore()).run(request)
    }

    /// Why something is refused; nil when it is not.
    static func refusal(_ body: () throws -> Void) -> WorkspaceError? {
        do {
            try body()
            return nil
        } catch {
            return error as? WorkspaceError
        }
    }
}

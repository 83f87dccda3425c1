import Foundation
import TabularIO

/// The list of rows that were not loaded.
enum RejectFile {
    static func write(
        _ rejects: [Reject], _ workspace: Workspace, dataset: String, load: String
    ) throws(WorkspaceError) -> URL? {
        let file = workspace.rejectFile(dataset: dataset, load: load)
        do {
            guard !rejects.isEmpty else {
                if FileManager.default.fileExists(atPath: file.path) { try FileManager.default.removeItem(at: file) }
                return nil
            }
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            var text = CSVText.line(["row", "line", "byte", "column", "reason"])
            for reject in rejects {
                text += CSVText.line([
                    "\(reject.row)", "\(reject.line)", "\(reject.byte)", reject.column ?? "",
                    CSVText.harmless(reject.reason),
                ])
            }
            try Data(text.utf8).write(to: file, options: .atomic)
            return file
        } catch {
            throw WorkspaceError(
                .notWritable, "The rejects cannot be written to \(file.path): \(FileTrouble.reason(error)).")
        }
    }
}

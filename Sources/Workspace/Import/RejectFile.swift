import Foundation
import MeasureModel
import TabularIO

/// The lists of rows that were not loaded, one for each load that has some: written as drafts, and put in the place of
/// older ones when the loads are added.
struct RejectLists {
    private var lists: [(draft: URL?, file: URL)] = []

    /// Writes the list of a load as a draft.
    mutating func add(_ report: ImportReport, _ workspace: Workspace) throws(WorkspaceError) {
        let file = workspace.rejectFile(dataset: report.dataset, load: report.load)
        guard !report.rejects.isEmpty else { return lists.append((nil, file)) }
        let draft = file.appendingPathExtension("draft-\(ProcessInfo.processInfo.processIdentifier)")
        lists.append((draft, file))
        try Self.changing(file) {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(Self.text(report.rejects).utf8).write(to: draft)
        }
    }

    /// Puts the drafts into their places, and removes lists of loads that have no rejects any more.
    mutating func publish() throws(WorkspaceError) {
        while let (draft, file) = lists.popLast() {
            try Self.changing(file) {
                if FileManager.default.fileExists(atPath: file.path) { try FileManager.default.removeItem(at: file) }
                if let draft { try FileManager.default.moveItem(at: draft, to: file) }
            }
        }
    }

    /// Removes the drafts that were not published.
    func discard() {
        for draft in lists.compactMap(\.draft) { try? FileManager.default.removeItem(at: draft) }
    }

    private static func text(_ rejects: [Reject]) -> String {
        rejects.reduce(into: CSVText.line(["row", "line", "byte", "column", "reason"])) { text, reject in
            text += CSVText.line([
                "\(reject.row)", "\(reject.line)", "\(reject.byte)", words(reject.column ?? ""), words(reject.reason),
            ])
        }
    }

    /// Cells of foreign files stand in reasons.
    private static func words(_ text: String) -> String { CSVText.harmless(VisibleText.of(text, keepingLines: true)) }

    private static func changing(_ file: URL, _ body: () throws -> Void) throws(WorkspaceError) {
        do {
            try body()
        } catch {
            throw WorkspaceError(
                .notWritable, "The rejects cannot be written to \(file.path): \(FileTrouble.reason(error)).")
        }
    }
}

import Foundation

/// The list of rows that an import rejected.
struct RejectFile {
    /// Row, line, byte, column and reason of each.
    var rows: [[String]] = []

    /// Reads the file that a report names; reasons here hold neither line breaks nor quotes.
    init(_ report: ImportFolder.Report) throws {
        guard let path = report.reject_file else { return }
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        rows = lines.dropFirst().map { line in
            let cells = line.split(separator: ",", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
            return cells.dropLast() + [cells[cells.count - 1].trimmingCharacters(in: ["\""])]
        }
        header = lines.first ?? ""
    }

    /// Its first line.
    private(set) var header = ""

    var columns: [String] { rows.map { $0[3] } }
    var reasons: [String] { rows.map { $0[4] } }
}

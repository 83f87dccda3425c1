public import Columnar
public import Foundation
public import TabularIO

/// A CSV as one table, outside the networks of a workspace.
public enum BareTable {
    /// Reads a file through a codebook; every row must be readable.
    ///
    /// - Throws: ``WorkspaceError``.
    public static func read(
        _ file: URL, _ codebook: Codebook = Codebook(), format: DelimitedFormat = DelimitedFormat()
    ) throws -> Table {
        let file = try SourceFile(file, format)
        let choice = try SourceChoice(codebook, file, nil, network: nil)
        let cells = try choice.cells(of: file)
        let plan = try ColumnPlan(
            header: cells.header, codebook: codebook, source: choice.source, networks: [""], file: file.name)
        let importer = TableImporter(
            networks: nil, fixedNetwork: nil, plan: plan, codebook: codebook, source: choice.source,
            periods: try RowPeriods(nil, label: nil, calendar: PeriodCalendar(WorkspaceConfig())), identifiers: [],
            keys: [], knownKeys: nil, zone: "UTC")
        let outcome = try importer.read(cells, sourceByte: choice.file.sourceByte)
        if let reject = outcome.rejects.first {
            throw WorkspaceError(
                .badInput,
                "\(file.name), line \(reject.line)" + (reject.column.map { ", column `\($0)`" } ?? "")
                    + ": \(reject.reason).", file: file.path, line: reject.line, byte: reject.byte)
        }
        guard let table = outcome.tables.first?.table else {
            throw WorkspaceError(.badInput, "\(file.name) has a header but no rows.", file: file.path, line: 1)
        }
        return table
    }

    /// Writes a table as an Arrow file.
    public static func write(_ table: Table, to url: URL) throws {
        try Data(ArrowFileWriter.bytes(of: table)).write(to: url)
    }
}

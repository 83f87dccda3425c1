public import Columnar
public import Foundation
import TabularIO

/// A bare CSV as one table, without workspace and codebook.
public enum BareTable {
    /// Reads a file; every row must be readable.
    ///
    /// - Throws: ``WorkspaceError``.
    public static func read(_ file: URL) throws -> Table {
        let source = try SourceFile(file)
        do {
            let cells = try source.delimited(nil).cells()
            let plan = try ColumnPlan(
                header: cells.header, codebook: Codebook(), source: nil, networks: [""], file: source.name)
            let importer = TableImporter(
                networks: nil, fixedNetwork: nil, plan: plan, codebook: Codebook(), source: nil,
                periods: try RowPeriods(nil, label: nil, calendar: PeriodCalendar(WorkspaceConfig())),
                identifiers: [], keys: [], knownKeys: nil, zone: "UTC")
            let outcome = try importer.read(cells)
            if let reject = outcome.rejects.first {
                throw WorkspaceError(
                    .badInput,
                    "\(source.name), line \(reject.line)" + (reject.column.map { ", column `\($0)`" } ?? "")
                        + ": \(reject.reason).", file: source.path, line: reject.line, byte: reject.byte)
            }
            guard let table = outcome.tables.first?.table else {
                throw WorkspaceError(.badInput, "\(source.name) has a header but no rows.", file: source.path, line: 1)
            }
            return table
        } catch let error as TabularError {
            throw source.failure(error)
        }
    }

    /// Writes a table as an Arrow file.
    public static func write(_ table: Table, to url: URL) throws {
        try Data(ArrowFileWriter.bytes(of: table)).write(to: url)
    }
}

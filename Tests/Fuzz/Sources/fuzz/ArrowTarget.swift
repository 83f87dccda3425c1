import Columnar
import Statistics

/// The reader of Arrow files and streams: a ``ColumnarError``, or tables that can be read to the last value and that are
/// the same after they were written and read again.
struct ArrowTarget: FuzzTarget {
    let name = "arrow"
    /// Rows beyond these are not looked at one by one: a column of nulls has as many as it says.
    private static let rowLimit = 10_000

    func seeds() throws -> [[UInt8]] { try ArrowSeeds.all() }

    func anatomy(of seed: [UInt8]) -> Anatomy { ArrowAnatomy(seed).found }

    func read(_ input: FuzzInput) throws -> String? {
        let batches = Self.attempt { () throws(ColumnarError) in try ArrowReader.batches(Buffer(input.bytes)) }
        let mapped = try input.withMapping { file in
            let table = Self.attempt { () throws(ColumnarError) in try ArrowFileReader.read(file) }
            if case .success(let table) = table { try Self.lookAt(table) }
            return table
        }
        let names = try Self.verdict(batches, mapped).flatMap(\.columns).map(\.name)
        try readSome(of: Set(names), input)
        switch batches {
        case .failure(let error): return error.description
        case .success(let tables):
            for table in tables { try Self.lookAt(table) }
            try writeAgain(tables)
            return nil
        }
    }

    private static func attempt<Success>(_ work: () throws(ColumnarError) -> Success) -> Result<Success, ColumnarError>
    {
        do { return .success(try work()) } catch { return .failure(error) }
    }

    /// Where the bytes are makes no difference to what is made of them.
    private static func verdict(
        _ batches: Result<[Table], ColumnarError>, _ mapped: Result<Table, ColumnarError>
    ) throws -> [Table] {
        switch (batches, mapped) {
        case (.success(let tables), .success(let table)):
            guard tables.reduce(0, { $0 + $1.rowCount }) == table.rowCount else {
                throw FuzzProblem("batches and table differ in length")
            }
            return tables
        case (.failure(let one), .failure(let other)) where one == other: return []
        default: throw FuzzProblem("in memory \(batches), as a mapping \(mapped)")
        }
    }

    /// A part of the columns: of a file that was refused any that the seeds have.
    private func readSome(of names: Set<String>, _ input: FuzzInput) throws {
        var random = SplitMix64(seed: input.seed)
        let all = names.isEmpty ? ArrowSeeds.columnNames : names.sorted()
        let some = Set(all.filter { _ in random.below(2) == 0 })
        let tables = Self.attempt { () throws(ColumnarError) in
            try ArrowReader.batches(Buffer(input.bytes), columns: some)
        }
        // May be refused where the whole is not: what is left out must be understood to be passed over.
        guard case .success(let tables) = tables else { return }
        for table in tables {
            guard table.columns.allSatisfy({ some.contains($0.name) }) else { throw FuzzProblem("not what was wanted") }
            try Self.lookAt(table)
        }
    }

    /// Reads every value in every way.
    private static func lookAt(_ table: Table) throws {
        for column in table.columns {
            guard column.count == table.rowCount else { throw FuzzProblem("`\(column.name)` has another length") }
            let rows = 0..<min(column.count, rowLimit)
            let missing = rows.count { column.text($0) == nil }
            column.visitContent { _ in }
            guard column.count <= rowLimit else { continue }
            guard missing == column.missingCount else { throw FuzzProblem("`\(column.name)` miscounts its nulls") }
            var doubles: [Double] = []
            column.appendDoubles(to: &doubles)
            if let (labels, codes) = column.codes() {
                guard codes.allSatisfy({ $0 < Int32(labels.count) }) else { throw FuzzProblem("a code has no label") }
            }
            if case .text(let texts) = column.values {
                for row in rows { texts.withBytes(of: row) { bytes in _ = bytes.indices.map { bytes[$0] } } }
            }
        }
    }

    /// What was read can be written, and is read again as the same.
    private func writeAgain(_ tables: [Table]) throws {
        for format in [ArrowWriter.Format.file, .stream] {
            let bytes = try ArrowWriter.bytes(of: tables, as: format)
            let again = try ArrowReader.batches(Buffer(bytes))
            guard again.count == tables.count else { throw FuzzProblem("writing changed the number of batches") }
            for (table, copy) in zip(tables, again) {
                for (column, written) in zip(table.columns, copy.columns) {
                    let rows = 0..<min(column.count, Self.rowLimit)
                    guard column.type == written.type, column.count == written.count,
                        rows.allSatisfy({ column.text($0)?.utf8.map(\.self) == written.text($0)?.utf8.map(\.self) })
                    else { throw FuzzProblem("writing changed `\(column.name)`") }
                }
            }
        }
    }
}

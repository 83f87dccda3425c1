import CivilCalendar
import Columnar
import TabularIO

/// A CSV file parsed to typed columns, nothing hashed or written.
struct ParseBenchmark {
    let path: String
    let repeats: Int

    private struct Figures: Encodable {
        var seconds: [Double]
        var rows: Int
        var columns: Int
    }

    func run() throws {
        var figures = Figures(seconds: [], rows: 0, columns: 0)
        for _ in 0..<repeats {
            figures.seconds.append(
                try seconds {
                    let columns = try Self.columns(ofFileAt: path)
                    (figures.rows, figures.columns) = (columns.first?.count ?? 0, columns.count)
                })
        }
        try report(figures)
    }

    /// The one place that knows how TabularIO reads a file.
    private static func columns(ofFileAt path: String) throws -> [Column] {
        let cells = try DelimitedFile(FileBytes(path: path)).cells()
        let reader = ColumnReader(zone: "UTC") { $0.wallMicroseconds }
        return Parallel.map(cells.columns.count) { index in
            reader.read([ColumnFeed(cells: cells.columns[index])], rowCount: cells.rowCount)
                .columns(named: cells.header[index], rows: nil)
        }.flatMap(\.self)
    }
}

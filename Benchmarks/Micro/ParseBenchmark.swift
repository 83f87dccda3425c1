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
        let source = try CSVSource(try MappedFile(path: path).bytes)
        var guesses = source.header.map { _ in TypeGuess() }
        try source.forEachRow { row in
            for index in guesses.indices where !row[index].isEmpty { guesses[index].observe(row[index]) }
        }
        var builders = guesses.map { ColumnBuilder($0.type, zone: "UTC", resolve: { $0.wallMicroseconds }) }
        try source.forEachRow { row in
            for index in builders.indices {
                if row[index].isEmpty {
                    builders[index].appendMissing("skipped")
                } else {
                    try builders[index].append(row[index])
                }
            }
        }
        return zip(source.header, builders).flatMap { name, builder in
            builder.finish(name: name, standardReason: "skipped", companionSuffix: ".missing")
        }
    }
}

import CivilCalendar
import Columnar
import PlumblineTestSupport
import Statistics
import TabularIO
import Testing

/// Reading by tables of different cells gives what reading cell by cell gives.
struct ColumnModelTests {
    /// A column as it is read cell by cell.
    private func expectAgreement(_ cells: [String], partSize: Int? = nil) throws {
        var guess = TypeGuess()
        for cell in cells where !cell.isEmpty { withCell(cell) { guess.observe($0) } }
        let read = try Columns.read(cells, partSize: partSize)
        #expect(read.type == guess.type)
        let wanted = cells.map { cell in cell.isEmpty ? nil : Self.text(cell, guess.type) }
        #expect((0..<cells.count).map { read.text($0) } == wanted)
        #expect(read.problems.map(\.row) == cells.indices.filter { !cells[$0].isEmpty && wanted[$0] == nil })
        #expect(read.columns(named: "x", rows: nil)[0].texts == wanted)
    }

    private static func text(_ cell: String, _ type: CellType) -> String? {
        switch type {
        case .integer: withCell(cell) { CellParsing.integer($0) }.map { "\($0)" }
        case .number: withCell(cell) { CellParsing.number($0) }.map { "\($0)" }
        case .boolean: withCell(cell) { CellParsing.truth($0) }.map { "\($0)" }
        case .date: withCell(cell) { CellParsing.date($0) }?.description
        case .timestamp: withCell(cell) { CellFormat().time($0) }.flatMap(moment)
        case .text: cell
        }
    }

    private static func moment(_ time: CivilTime) -> String? {
        guard
            let moment = time.offsetSeconds.map({ time.wallMicroseconds - Int64($0) * 1_000_000 })
                ?? Columns.resolve(time)
        else { return nil }
        return CivilTime(utcMicroseconds: moment).description
    }

    @Test func generatedColumns() throws {
        var random = SplitMix64(seed: 92)
        for _ in 0..<300 {
            let types = random.pick([
                [CellType.integer], [.number], [.integer, .number], [.date, .timestamp], CellType.allCases,
            ])
            let cells = (0..<random.below(60)).map { _ in
                Columns.cell(random.pick(types), &random, isWild: random.chance(20))
            }
            try expectAgreement(cells, partSize: random.chance(50) ? 1 + random.below(100) : nil)
        }
    }

    /// So many different cells that they are no longer looked up, in several parts: numbers to the end, texts among
    /// numbers early and late, and blanks between.
    @Test func veryManyDifferentCells() throws {
        let count = 24_000
        let numbers = (0..<count).map { $0 % 7 == 0 ? "" : $0 % 11 == 0 ? "\($0 % 10)" : "\(Double($0) * 1.25)" }
        try expectAgreement(numbers, partSize: 50_000)
        var late = numbers
        late[count - 1] = "text"
        try expectAgreement(late, partSize: 50_000)
        var early = numbers
        early[1] = "text"
        try expectAgreement(early, partSize: 50_000)
        var wrong = numbers
        wrong[count / 2] = "NaN"
        try expectAgreement(wrong, partSize: 50_000)
        try expectAgreement((0..<count).map { "\($0 * 100_003)" }, partSize: 50_000)
    }

    /// The same where only some rows feed the column, the others holding what could not be read.
    @Test func veryManyDifferentCellsOfSomeRows() throws {
        let count = 30_000
        let isFed = (0..<count).map { $0 % 3 != 1 }
        let cells = (0..<count).map { isFed[$0] ? "\($0 + 1_000)" : "text \($0)" }
        let feed = ColumnFeed(cells: try CSVReading.column(cells, partSize: 100_000), rows: isFed)
        let read = Columns.reader().read([feed], rowCount: count)
        #expect(read.type == .integer)
        #expect(read.problems.isEmpty)
        #expect((0..<count).allSatisfy { read.text($0) == (isFed[$0] ? cells[$0] : nil) })
    }
}

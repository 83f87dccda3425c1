import TabularIO
import Testing

/// Types of whole columns.
struct TypeGuessTests {
    @Test(arguments: [
        ([], CellType.integer), (["1", "-2", "30000"], .integer), (["1", "2.5"], .number),
        (["1e5", "3"], .number), (["9223372036854775808", "1"], .text), (["9007199254740993", "1.5"], .text),
        (["1", "x"], .text),
        (["yes", "no"], .boolean), (["TRUE", "false", "No"], .boolean), (["yes", "1"], .text),
        (["true", "maybe"], .text),
        (["2026-11-04"], .date), (["2026-11-04", "2026-11-05T06:00"], .timestamp),
        (["2026-11-05T06:00", "2026-11-04"], .timestamp), (["2026-11-05 06:00:30Z"], .timestamp),
        (["2026-11-04", "2026-11-31"], .text), (["2026-11-04", "soon"], .text), (["007", "008"], .text),
        (["1", "007"], .text), (["60601", "02139"], .text), (["1.5", "01.5"], .text), ([" 1", "2 "], .integer),
        (["1,5", "2"], .text), (["1", "NaN"], .integer), (["1.5", "NaN"], .number), (["2026-11-04", "NaN"], .date),
        (["yes", "inf"], .boolean), (["NaN"], .number), (["Inf", "-1.5"], .number),
        (["nan", "x"], .text), (["A-014"], .text), (["0"], .integer), (["0", "1"], .integer), (["20261104"], .integer),
    ])
    func narrowestTypeOfAllCells(cells: [String], type: CellType) {
        for order in [cells, cells.reversed()] {
            var guess = TypeGuess()
            for cell in order { withCell(cell) { guess.observe($0) } }
            #expect(guess.type == type, "\(order)")
        }
    }

    /// The last row of a long file counts as much as the first.
    @Test func theLastCellDecides() {
        var guess = TypeGuess()
        for number in 0..<10_000 { withCell("\(number)") { guess.observe($0) } }
        #expect(guess.type == .integer)
        withCell("NA") { guess.observe($0) }
        #expect(guess.type == .text)
    }
}

import PlumblineTestSupport
import Statistics
import TabularIO
import Testing

/// Long answers made wide, held against a plain model.
struct CellPivotTests {
    private func wide(_ text: String, rows: [String]) throws -> CellTable? {
        try CellPivot(rows: rows, item: "item", value: "value").wide(CSVReading.table(text))
    }

    @Test func rowsOfOneSheetBecomeOneRow() throws {
        let table = try #require(
            try wide("who,item,value,day\na,q1,4,1\nb,q2,x,1\na,q2,yes,1\na,q1,5,2\n", rows: ["who", "day"]))
        #expect(table.header == ["who", "day", "q1", "q2"])
        #expect(table.rows.map(\.cells) == [["a", "1", "4", "yes"], ["b", "1", "", "x"], ["a", "2", "5", ""]])
        #expect(table.rows.map(\.number) == [1, 2, 4], "a wide row stands where its first long row does")
        #expect(table.rows.map(\.line) == [2, 3, 5])
    }

    /// Items stand in the order in which they first appear, however long their names are.
    @Test func itemsKeepTheirOrder() throws {
        let text = "who,item,value\na,10,1\na,2,1\na,b,1\na,11,1\na,1,1\nb,3,1\nb,long item,1\nb,é,1\n"
        let table = try #require(try wide(text, rows: ["who"]))
        #expect(table.header == ["who", "10", "2", "b", "11", "1", "3", "long item", "é"])
    }

    @Test func rowsWithoutAPlaceAreStrays() throws {
        let text = "who,item,value\na,q1,4\na,q1,5\nb,,5\nc,q1\n,q1,7\n"
        let table = try #require(try wide(text, rows: ["who"]))
        #expect(table.rows.map(\.cells) == [["a", "4"], ["", "7"]])
        #expect(table.strays.map(\.place.number) == [2, 3, 4])
        #expect(table.strays.map(\.column) == ["item", "item", nil])
        #expect(
            table.strays.map(\.reason) == [
                "`q1` was answered before on the same sheet", "the row names no item",
                "the row has 2 cells, the header has 3",
            ])
    }

    @Test func columnsMustBeThere() throws {
        #expect(try wide("who,item\na,q1\n", rows: ["who"]) == nil)
        #expect(try wide("item,value\nq1,1\n", rows: ["who"]) == nil)
        #expect(try wide("who,item,value\n", rows: ["who"])?.header == ["who"])
    }

    /// Keys, items and answers of all lengths, in parts of all sizes.
    @Test func generatedTables() throws {
        var random = SplitMix64(seed: 81)
        for _ in 0..<150 {
            let texts = ["", "a", "b", "ab", "é", "a longer text", "1", "12"]
            let long = (0..<random.below(60)).map { _ in (0..<4).map { _ in random.pick(texts) } }
            let text = "one,item,two,value\n" + long.map(CSVText.line).joined()
            let table = try CSVReading.file(Array(text.utf8)).cells(partSize: 1 + random.below(300))
            let wide = try #require(CellPivot(rows: ["one", "two"], item: "item", value: "value").wide(table))
            let model = Model(long)
            #expect(wide.header == ["one", "two"] + model.items)
            #expect(wide.rows.map(\.cells) == model.rows)
            #expect(wide.rows.map(\.number) == model.numbers)
            #expect(wide.strays.map(\.place.number) == model.strays)
            #expect(wide.recordCount == model.rows.count + model.strays.count)
        }
    }

    /// The pivot as one would do it by hand.
    private struct Model {
        var items: [String] = []
        var rows: [[String]] = []
        var numbers: [Int] = []
        var strays: [Int] = []

        init(_ long: [[String]]) {
            var sheets: [[String]] = []
            var answers: [[String: String]] = []
            for (index, row) in long.enumerated() {
                let (key, item) = ([row[0], row[2]], row[1])
                let sheet = sheets.firstIndex(of: key)
                guard !item.isEmpty, sheet.map({ answers[$0][item] == nil }) ?? true else {
                    strays.append(index + 1)
                    continue
                }
                if !items.contains(item) { items.append(item) }
                if sheet == nil {
                    sheets.append(key)
                    answers.append([:])
                    numbers.append(index + 1)
                }
                answers[sheet ?? sheets.count - 1][item] = row[3]
            }
            rows = zip(sheets, answers).map { key, answers in key + items.map { answers[$0] ?? "" } }
        }
    }
}

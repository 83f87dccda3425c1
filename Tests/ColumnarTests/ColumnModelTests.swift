import Columnar
import Foundation
import PlumblineTestSupport
import Testing

/// Columns against plain arrays of optionals: every type, every pattern of missing rows, lengths around whole bytes and
/// words of a bitmap.
struct ColumnModelTests {
    private static let rowCounts = [0, 1, 63, 64, 65, 1_000]

    @Test(arguments: rowCounts, NullPattern.allCases)
    func cellsAreWhatTheArraySays(rowCount: Int, nulls: NullPattern) {
        for model in ModelColumns.all(rowCount: rowCount, nulls: nulls) { expect(model.column, like: model) }
    }

    @Test(arguments: rowCounts, NullPattern.allCases)
    func severalBatchesAreOneTable(rowCount: Int, nulls: NullPattern) throws {
        let table = try ArrowFiles.everyType(rowCount: rowCount, nulls: nulls)
        let parts = [
            try table.part(0..<rowCount / 3), try table.part(0..<0), try table.part(rowCount / 3..<rowCount),
        ]
        for format in [ArrowWriter.Format.file, .stream] {
            let bytes = try ArrowWriter.bytes(of: parts, as: format)
            #expect(try ArrowReader.batches(Buffer(bytes)).map(\.rowCount) == parts.map(\.rowCount))
            let read = try ArrowFiles.read(bytes)
            #expect(read.notes == table.notes)
            for (column, model) in zip(read.columns, ModelColumns.all(rowCount: rowCount, nulls: nulls)) {
                #expect(column.type == model.column.type)
                expect(column, like: model)
            }
        }
    }

    @Test(arguments: rowCounts, NullPattern.allCases)
    func theyAreTheSameAfterWritingAndReading(rowCount: Int, nulls: NullPattern) throws {
        let models = ModelColumns.all(rowCount: rowCount, nulls: nulls)
        let table = try Table(columns: models.map(\.column), rowCount: rowCount, notes: ["a": "1", "ö": ""])
        let read = try ArrowFiles.readBack(table)
        #expect(read.rowCount == rowCount)
        #expect(read.notes == table.notes)
        #expect(read.columns.map(\.name) == table.columns.map(\.name))
        for (column, model) in zip(read.columns, models) {
            #expect(column.type == model.column.type)
            expect(column, like: model)
            #expect(content(column) == content(model.column.withoutIdleBitmap), "\(column.name)")
        }
    }

    private func expect(_ column: Column, like model: ModelColumn) {
        #expect(column.count == model.texts.count)
        #expect(column.missingCount == model.texts.count { $0 == nil })
        #expect(column.allTexts == model.texts, "\(column.name)")
        var doubles = [42.0]
        column.appendDoubles(to: &doubles)
        let wanted = model.doubles ?? [Double](repeating: .nan, count: model.texts.count)
        #expect(column.isNumeric == (model.doubles != nil) || model.texts.isEmpty)
        #expect(doubles.first == 42)
        #expect(doubles.dropFirst().elementsEqual(wanted) { $0 == $1 || ($0.isNaN && $1.isNaN) }, "\(column.name)")
        #expect((0..<column.count).map(column.isValid) == model.texts.map { $0 != nil })
        guard let labels = model.labels, let coded = column.codes() else {
            #expect((column.codes() == nil) == column.isNumeric)
            return
        }
        #expect(Set(coded.labels).count == coded.labels.count)
        #expect(coded.codes.map { $0 < 0 ? nil : coded.labels[Int($0)] } == labels)
    }

    private func content(_ column: Column) -> [UInt8] {
        var bytes: [UInt8] = []
        column.visitContent { bytes += $0 }
        return bytes
    }

    /// Codes of 32 bits: more labels than 16 bits can number.
    @Test func dictionariesOfManyLabels() throws {
        let labels = (0..<40_000).map { "label \($0)" }
        let codes: [Int32] = [39_999, 0, 32_768]
        let column = Column(
            name: "wide",
            values: .dictionary(
                codes: IntegerBuffer(codes: codes, labelCount: labels.count), labels: TextBuffer(labels)))
        let read = try ArrowFiles.readBack(try Table(columns: [column]))
        #expect(read.columns[0].allTexts == ["label 39999", "label 0", "label 32768"])
        #expect(read.columns[0].codes()?.codes == codes)
    }

    @Test func dictionaryCodesTakeTheSmallestIntegers() {
        func width(_ labelCount: Int) -> Int {
            IntegerBuffer(codes: [0], labelCount: labelCount).kind.bits
        }
        #expect([1, 128, 129, 32_768, 32_769].map(width) == [8, 8, 16, 16, 32])
    }

    /// The earliest and latest moments of 64 bits have a text, whatever their unit.
    @Test func momentsAtTheEndsOfTime() {
        let ends = Buffer([Int64.min, .max])
        func texts(_ values: ColumnValues) -> [String?] { Column(name: "", values: values).allTexts }
        #expect(
            texts(.timestamp(ends, .nanoseconds, zone: nil)) == [
                "1677-09-21T00:12:43.145224192Z", "2262-04-11T23:47:16.854775807Z",
            ])
        #expect(
            texts(.timestamp(ends, .microseconds, zone: nil)) == [
                "-290308-12-21T19:59:05.224192Z", "294247-01-10T04:00:54.775807Z",
            ])
        for unit in TimeUnit.allCases {
            #expect(texts(.timestamp(ends, unit, zone: "UTC")).allSatisfy { $0?.isEmpty == false })
        }
        #expect(texts(.dateMilliseconds(ends)).count == 2)
        #expect(texts(.date(Buffer([Int32.min, .max]))) == ["-5877641-06-23", "5881580-07-11"])
    }

    @Test func contentsDifferWhenRowsDo() {
        let int = Column(name: "a", values: .integers(.int8(Buffer([1, 2]))))
        let others = [
            Column(name: "a", values: .integers(.int8(Buffer([1, 3])))),
            Column(name: "a", values: .integers(.int16(Buffer([1, 2])))),
            Column(name: "a", values: .integers(.int8(Buffer([1, 2]))), validity: Bitmap([true, false])),
            Column(name: "a", values: .integers(.int8(Buffer([1])))), Column(name: "a", values: .date(Buffer([1, 2]))),
        ]
        for other in others { #expect(content(other) != content(int)) }
        #expect(
            content(Column(name: "b", values: .integers(.int8(Buffer([1, 2]))))) == content(int),
            "the name is no content")
    }

    @Test func tablesRefuseColumnsThatDoNotFit() {
        let two = Column(name: "a", values: .integers(.int8(Buffer([1, 2]))))
        let three = Column(name: "b", values: .integers(.int8(Buffer([1, 2, 3]))))
        let short = Column(name: "b", values: .integers(.int8(Buffer([1, 2]))), validity: Bitmap([true]))
        for columns in [[two, three], [two, two], [two, short]] {
            #expect(ArrowFiles.refusal { _ = try Table(columns: columns) }?.code == .invalidTable)
        }
    }
}

extension Column {
    /// A file keeps no bitmap that says that nothing is missing.
    fileprivate var withoutIdleBitmap: Column {
        missingCount == 0 ? Column(name: name, values: values) : self
    }
}

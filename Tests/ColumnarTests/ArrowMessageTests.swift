import PlumblineTestSupport
import Testing

@testable import Columnar

/// Messages that writers rarely send, and such that lie: each breaks one rule.
struct ArrowMessageTests {
    private static var numbers: FlatTable { ArrowMessages.schema([ArrowMessages.bytes("a")]) }
    private static var labels: FlatTable { ArrowMessages.schema([ArrowMessages.bytes("a", dictionary: 7)]) }

    private func refusal(_ bytes: [UInt8], columns: Set<String>? = nil) -> ColumnarError? {
        ArrowFiles.refusal { _ = try ArrowReader.table(Buffer(bytes), columns: columns) }
    }

    private func cells(_ bytes: [UInt8]) throws -> [[String?]] {
        try ArrowReader.batches(Buffer(bytes)).map { $0.columns[0].allTexts }
    }

    @Test(arguments: [(Int16(0), 1), (1, 2), (2, 3)])
    func oldVersionsAreNamed(version: Int16, name: Int) {
        let refusal = refusal(ArrowMessages.stream(Self.numbers, version: version))
        #expect(refusal?.code == .unsupported)
        #expect(refusal?.description.contains("metadata version \(name);") == true)
    }

    @Test(arguments: [5, 300, Int16.max, -1, .min])
    func versionsThatThereAreNot(version: Int16) {
        #expect(refusal(ArrowMessages.stream(Self.numbers, version: version))?.code == .malformed)
    }

    @Test func bigEndianIsNamed() {
        let refusal = refusal(ArrowMessages.stream(ArrowMessages.schema([ArrowMessages.bytes("a")], isBigEndian: true)))
        #expect(refusal?.code == .unsupported)
        #expect(refusal?.description.contains("big-endian") == true)
    }

    @Test(arguments: [(UInt8(0), "lz4"), (1, "zstd"), (9, "codec 9")])
    func compressionIsNamed(codec: UInt8, name: String) {
        let header = ArrowMessages.batch(
            rows: 0, nodes: [(0, 0)], buffers: [(0, 0), (0, 0)],
            more: [(3, .table(FlatTable([(0, .uint8(codec))])))])
        let refusal = refusal(ArrowMessages.stream(Self.numbers, ArrowMessages.message(3, header)))
        #expect(refusal?.code == .unsupported)
        #expect(refusal?.description.contains("compressed (\(name))") == true)
    }

    @Test func columnsOfOneNameAreNamed() {
        let refusal = refusal(
            ArrowMessages.stream(ArrowMessages.schema([ArrowMessages.bytes("a"), ArrowMessages.bytes("a")])))
        #expect(refusal?.code == .unsupported)
        #expect(refusal?.description.contains("two columns named `a`") == true)
    }

    // MARK: Dictionaries

    @Test func dictionariesGrowAndAreReplaced() throws {
        let bytes = ArrowMessages.stream(
            Self.labels, ArrowMessages.dictionary(7, "ab"), ArrowMessages.bytesBatch([1, 0]),
            ArrowMessages.dictionary(7, "c", isDelta: true), ArrowMessages.bytesBatch([2, 1]),
            ArrowMessages.dictionary(7, "xyz"), ArrowMessages.bytesBatch([2, 1]),
            ArrowMessages.dictionary(7, "w", isDelta: true), ArrowMessages.bytesBatch([3]))
        #expect(try cells(bytes) == [["b", "a"], ["c", "b"], ["z", "y"], ["w"]])
        let table = try ArrowReader.table(Buffer(bytes))
        #expect(table.columns[0].allTexts == ["b", "a", "c", "b", "z", "y", "w"])
    }

    @Test func missingLabelsAreMissingValues() throws {
        let bytes = ArrowMessages.stream(
            Self.labels, ArrowMessages.dictionary(7, "a b"), ArrowMessages.bytesBatch([0, 1, 2]),
            ArrowMessages.dictionary(7, "c d", isDelta: true), ArrowMessages.bytesBatch([4, 3, 1, 5]))
        #expect(try cells(bytes) == [["a", nil, "b"], [nil, "c", nil, "d"]])
        let column = try ArrowReader.table(Buffer(bytes)).columns[0]
        #expect(column.missingCount == 3)
        #expect(column.codes()?.codes.count { $0 < 0 } == 3)
    }

    @Test func filesMayGrowADictionaryButNotReplaceIt() throws {
        let (first, more) = (ArrowMessages.dictionary(7, "ab"), ArrowMessages.dictionary(7, "c", isDelta: true))
        let batch = ArrowMessages.bytesBatch([2])
        let grown = ArrowMessages.file(Self.labels, dictionaries: [first, more], batches: [batch])
        #expect(try cells(grown) == [["c"]])
        let replaced = ArrowMessages.file(
            Self.labels, dictionaries: [first, ArrowMessages.dictionary(7, "xyz")], batches: [batch])
        #expect(refusal(replaced)?.code == .malformed)
        #expect(refusal(replaced)?.description.contains("comes twice") == true)
    }

    @Test func codesWithoutALabelAreRefused() {
        for code in [UInt8(2), 0x80, 0xff] {
            let bytes = ArrowMessages.stream(
                Self.labels, ArrowMessages.dictionary(7, "ab"), ArrowMessages.bytesBatch([0, code]))
            #expect(refusal(bytes)?.description.contains("has no label") == true)
        }
        #expect(refusal(ArrowMessages.stream(Self.labels, ArrowMessages.bytesBatch([0])))?.code == .malformed)
    }

    // MARK: Few bytes that claim to be many

    @Test func batchesNamedManyTimesAreRefused() throws {
        let batch = ArrowMessages.bytesBatch([UInt8](repeating: 1, count: 1_000))
        #expect(try cells(ArrowMessages.file(Self.numbers, batches: [batch])).count == 1)
        let copies = ArrowMessages.file(Self.numbers, batches: [batch], batchCopies: 100)
        #expect(refusal(copies)?.description.contains("overlap") == true)
    }

    @Test func buffersThatShareBytesAreRefused() {
        let fields = (0..<20).map { ArrowMessages.bytes("\($0)") }
        let header = ArrowMessages.batch(
            rows: 100, nodes: fields.map { _ in (100, 0) }, buffers: fields.flatMap { _ in [(0, 0), (0, 100)] })
        let message = ArrowMessages.message(3, header, body: [UInt8](repeating: 1, count: 100))
        let refusal = refusal(ArrowMessages.stream(ArrowMessages.schema(fields), message))
        #expect(refusal?.description.contains("overlap") == true)
    }

    /// A list of 1,000 references to one table with a text of 10,000 bytes.
    @Test func metadataThatLeadToOnePlaceAreRefused() {
        let count = 1_000
        var bytes = littleEndianBytes(UInt32(12)) + [8, 0, 8, 0, 0, 0, 4, 0]  // a table whose second slot is the list
        bytes += littleEndianBytes(Int32(8)) + littleEndianBytes(UInt32(4)) + littleEndianBytes(UInt32(count))
        let target = bytes.count + 4 * count + 6
        for index in 0..<count { bytes += littleEndianBytes(UInt32(target - 24 - 4 * index)) }
        bytes += [6, 0, 8, 0, 4, 0] + littleEndianBytes(Int32(6)) + littleEndianBytes(UInt32(4))
        bytes += littleEndianBytes(UInt32(10_000)) + [UInt8](repeating: 0x61, count: 10_000)
        var texts = 0
        let refusal = ArrowFiles.refusal {
            for table in try FlatBufferReader(bytes: bytes).root().tables(1) {
                #expect(try table.string(0)?.utf8.count == 10_000)
                texts += 1
            }
        }
        #expect(refusal?.description.contains("again and again") == true)
        #expect(texts > 0 && texts < 100)
    }

    @Test(arguments: [Int64(Int32.max), .max, -1, 1 << 25])
    func rowsThatNoBytesHold(rows: Int64) {
        let fields = [ArrowMessages.bytes("a"), ArrowMessages.field("b", 1)]
        let header = ArrowMessages.batch(rows: rows, nodes: [(rows, 0), (rows, rows)], buffers: [(0, 0), (0, 0)])
        let bytes = ArrowMessages.stream(ArrowMessages.schema(fields), ArrowMessages.message(3, header))
        #expect(refusal(bytes)?.code == .malformed)
        #expect(refusal(bytes, columns: ["b"])?.code == .malformed)
    }

    /// A thousand batches of a million nulls.
    @Test func rowsThatNoBytesHoldInAll() throws {
        let header = ArrowMessages.batch(rows: 1 << 20, nodes: [(1 << 20, 1 << 20)], buffers: [])
        let (schema, batch) = (ArrowMessages.schema([ArrowMessages.field("b", 1)]), ArrowMessages.message(3, header))
        #expect(try ArrowReader.table(Buffer(ArrowMessages.stream(schema, batch, batch))).rowCount == 2 << 20)
        let many = (0..<1_000).flatMap { _ in batch }
        #expect(refusal(ArrowMessages.stream(schema, many))?.description.contains("rows in 0 bytes") == true)
    }

    // MARK: Columns that are left out

    /// Before version 5 a union had a bitmap of missing values.
    @Test(arguments: [(ArrowCode.version4, 3), (ArrowCode.version5, 2)])
    func unionsArePassedOver(version: Int16, bufferCount: Int) throws {
        let union = ArrowMessages.field("u", 14, [(3, .table(FlatTable([(0, .int16(1))]))), (5, .tables([]))])
        let schema = ArrowMessages.schema([union, ArrowMessages.bytes("a")])
        let header = ArrowMessages.batch(
            rows: 2, nodes: [(2, 0), (2, 0)],
            buffers: (0..<bufferCount + 1).map { _ in (0, 0) } + [(0, 2)])
        let bytes = ArrowMessages.stream(
            schema, ArrowMessages.message(3, header, body: [5, 6], version: version), version: version)
        #expect(try ArrowReader.table(Buffer(bytes), columns: ["a"]).columns.map(\.allTexts) == [["5", "6"]])
        #expect(refusal(bytes)?.description.contains("`u` has the Arrow type union") == true)
    }

    @Test func deepNestingIsRefused() {
        var nested = ArrowMessages.bytes("leaf")
        for _ in 0..<100 { nested = ArrowMessages.field("list", 12, [(5, .tables([nested]))]) }
        let bytes = ArrowMessages.stream(ArrowMessages.schema([nested, ArrowMessages.bytes("a")]))
        #expect(refusal(bytes, columns: ["a"])?.code == .unsupported)
        #expect(refusal(bytes, columns: ["a"])?.description.contains("nested") == true)
    }

    @Test func viewsWithoutTheirCountsAreRefused() {
        let schema = ArrowMessages.schema([ArrowMessages.field("v", 24), ArrowMessages.bytes("a")])
        for counts in [[], [Int64.max], [-1], [1 << 40]] {
            let header = ArrowMessages.batch(
                rows: 1, nodes: [(1, 0), (1, 0)], buffers: [(0, 0), (0, 0), (0, 0), (0, 1)],
                more: [(4, .structs(bytes: counts.flatMap { littleEndianBytes($0) }, count: counts.count))])
            let bytes = ArrowMessages.stream(schema, ArrowMessages.message(3, header, body: [1]))
            #expect(refusal(bytes, columns: ["a"])?.code == .malformed)
        }
    }
}

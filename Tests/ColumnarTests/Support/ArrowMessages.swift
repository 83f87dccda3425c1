@testable import Columnar

/// Files and streams put together message by message, so that each can break one rule.
enum ArrowMessages {
    /// A field of a schema: its type by Arrow's number, and what else the field says.
    static func field(_ name: String, _ type: UInt8, _ details: [(Int, FlatValue?)] = []) -> FlatTable {
        FlatTable([(0, .string(name)), (1, .bool(true)), (2, .uint8(type))] + details)
    }

    /// A field of 8-bit numbers, or of texts whose codes those are.
    static func bytes(_ name: String, dictionary: Int64? = nil) -> FlatTable {
        let number = FlatTable([(0, .int32(8)), (1, .bool(true))])
        guard let dictionary else { return field(name, 2, [(3, .table(number))]) }
        let encoding = FlatTable([(0, .int64(dictionary)), (1, .table(number))])
        return field(name, 5, [(3, .table(FlatTable([]))), (4, .table(encoding))])
    }

    static func schema(_ fields: [FlatTable], isBigEndian: Bool = false) -> FlatTable {
        FlatTable([(0, .int16(isBigEndian ? 1 : 0)), (1, .tables(fields))])
    }

    /// The header of a record batch: nodes as length and missing values, buffers as offset and length.
    static func batch(
        rows: Int64, nodes: [(Int64, Int64)], buffers: [(Int64, Int64)], more: [(Int, FlatValue?)] = []
    ) -> FlatTable {
        func structs(_ pairs: [(Int64, Int64)]) -> FlatValue {
            .structs(bytes: pairs.flatMap { littleEndianBytes($0) + littleEndianBytes($1) }, count: pairs.count)
        }
        return FlatTable([(0, .int64(rows)), (1, structs(nodes)), (2, structs(buffers))] + more)
    }

    /// A batch of one column of 8-bit numbers or codes.
    static func bytesBatch(_ values: [UInt8]) -> [UInt8] {
        let count = Int64(values.count)
        return message(3, batch(rows: count, nodes: [(count, 0)], buffers: [(0, 0), (0, count)]), body: values)
    }

    /// A dictionary batch of texts of one character each; a space is a missing label.
    static func dictionary(_ id: Int64, _ labels: String, isDelta: Bool = false) -> [UInt8] {
        let texts = Array(labels.utf8)
        let missing = texts.count { $0 == UInt8(ascii: " ") }
        let bits = texts.enumerated().reduce(UInt8(0)) {
            $1.element == UInt8(ascii: " ") ? $0 : $0 | 1 << UInt8($1.offset)
        }
        let offsets = (0...texts.count).flatMap { littleEndianBytes(Int32($0)) }
        let end = Int64(8 + offsets.count)
        let header = batch(
            rows: Int64(texts.count), nodes: [(Int64(texts.count), Int64(missing))],
            buffers: [(0, 1), (8, Int64(offsets.count)), (end, Int64(texts.count))])
        return message(
            2, FlatTable([(0, .int64(id)), (1, .table(header)), (2, .bool(isDelta))]),
            body: [bits, 0, 0, 0, 0, 0, 0, 0] + offsets + texts)
    }

    static func message(
        _ type: UInt8, _ header: FlatTable, body: [UInt8] = [], version: Int16 = ArrowCode.version5
    ) -> [UInt8] {
        let padded = body + [UInt8](repeating: 0, count: (8 - body.count % 8) % 8)
        var metadata = FlatBufferWriter.write(
            root: FlatTable([
                (0, .int16(version)), (1, .uint8(type)), (2, .table(header)), (3, .int64(Int64(padded.count))),
            ]))
        while metadata.count % 8 != 0 { metadata.append(0) }
        return littleEndianBytes(ArrowCode.continuation) + littleEndianBytes(Int32(metadata.count)) + metadata + padded
    }

    static func stream(_ schema: FlatTable, _ messages: [UInt8]..., version: Int16 = ArrowCode.version5) -> [UInt8] {
        message(1, schema, version: version) + messages.joined()
    }

    /// A file; `batchCopies` is how often its footer names each batch.
    static func file(
        _ schema: FlatTable, dictionaries: [[UInt8]] = [], batches: [[UInt8]], batchCopies: Int = 1
    ) -> [UInt8] {
        var bytes = ArrowCode.magic + [0, 0]
        func append(_ messages: [[UInt8]], copies: Int) -> FlatValue {
            var blocks: [UInt8] = []
            for message in messages {
                let block = littleEndianBytes(Int64(bytes.count)) + [UInt8](repeating: 0, count: 16)
                blocks += (0..<copies).flatMap { _ in block }
                bytes += message
            }
            return .structs(bytes: blocks, count: messages.count * copies)
        }
        let dictionaryBlocks = append(dictionaries, copies: 1)
        let batchBlocks = append(batches, copies: batchCopies)
        let footer = FlatBufferWriter.write(
            root: FlatTable([
                (0, .int16(ArrowCode.version5)), (1, .table(schema)), (2, dictionaryBlocks), (3, batchBlocks),
            ]))
        return bytes + footer + littleEndianBytes(Int32(footer.count)) + ArrowCode.magic
    }
}

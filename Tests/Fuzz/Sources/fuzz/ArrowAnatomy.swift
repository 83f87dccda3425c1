/// Finds the numbers of Arrow's metadata: how a sound file or stream is put together (format:
/// https://arrow.apache.org/docs/format/Columnar.html, Message.fbs, Schema.fbs, File.fbs).
struct ArrowAnatomy {
    private(set) var found = Anatomy()
    private let bytes: [UInt8]

    /// What a slot of a FlatBuffers table holds.
    private indirect enum Shape {
        case number(Int)
        case text
        case table(Layout)
        case tables(Layout)
        /// Structs, as so many numbers of 8 bytes each.
        case structs(Int)
    }

    private enum Layout {
        case footer, message, schema, field, type, encoding, batch, dictionary, pair, compression

        func slots(header: Int) -> [Shape] {
            switch self {
            case .footer: [.number(2), .table(.schema), .structs(3), .structs(3), .tables(.pair)]
            case .message:
                [.number(2), .number(1), .table([1: .schema, 2: .dictionary][header] ?? .batch), .number(8)]
            case .schema: [.number(2), .tables(.field), .tables(.pair), .structs(1)]
            case .field:
                [
                    .text, .number(1), .number(1), .table(.type), .table(.encoding), .tables(.field), .tables(.pair),
                ]
            // Whole numbers have a width and a sign; of other types the second slot, if any, is a reference.
            case .type: [.number(4), .number(1)]
            case .encoding: [.number(8), .table(.type), .number(1)]
            case .batch: [.number(8), .structs(2), .structs(2), .table(.compression), .structs(1)]
            case .dictionary: [.number(8), .table(.batch), .number(1)]
            case .pair: [.text, .text]
            case .compression: [.number(1), .number(1)]
            }
        }
    }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let isFile = bytes.starts(with: Array("ARROW1".utf8))
        walkMessages(from: isFile ? 8 : 0)
        guard isFile, bytes.count > 18 else { return }
        add(bytes.count - 10, 4)
        let start = bytes.count - 10 - number(bytes.count - 10, 4)
        if start > 8 { walk(start + number(start, 4), .footer, depth: 0) }
    }

    private mutating func walkMessages(from first: Int) {
        var at = first
        while at + 8 <= bytes.count {
            let isMarked = number(at, 4) == 0xffff_ffff
            let start = at + (isMarked ? 8 : 4)
            let length = number(start - 4, 4)
            add(at, 4)
            add(start - 4, 4)
            guard length > 0, start + length <= bytes.count else { return }
            add(start, 4)
            let message = start + number(start, 4)
            walk(message, .message, depth: 0)
            let end = start + length + (position(of: 3, in: message).map { number($0, 8) } ?? 0)
            guard end > at, end <= bytes.count else { return }
            found.parts.append(at..<end)
            at = end
        }
    }

    private mutating func walk(_ table: Int, _ layout: Layout, depth: Int) {
        guard depth < 12, table >= 0, table + 4 <= bytes.count else { return }
        add(table, 4)
        let vtable = table - Int(Int32(truncatingIfNeeded: number(table, 4)))
        add(vtable, 2)
        let header = position(of: 1, in: table).map { number($0, 1) } ?? 0
        for (slot, shape) in layout.slots(header: header).enumerated() {
            guard let place = position(of: slot, in: table) else { continue }
            add(vtable + 4 + 2 * slot, 2)
            walk(place, shape, depth)
        }
    }

    private mutating func walk(_ place: Int, _ shape: Shape, _ depth: Int) {
        if case .number(let width) = shape { return add(place, width) }
        add(place, 4)
        let target = place + number(place, 4)
        if case .table(let layout) = shape { return walk(target, layout, depth: depth + 1) }
        add(target, 4)
        let count = min(number(target, 4), bytes.count / 4)
        switch shape {
        case .tables(let layout):
            for index in 0..<count {
                let place = target + 4 + 4 * index
                add(place, 4)
                walk(place + number(place, 4), layout, depth: depth + 1)
            }
        case .structs(let width): for index in 0..<count * width { add(target + 4 + 8 * index, 8) }
        case .number, .text, .table: return
        }
    }

    private func position(of slot: Int, in table: Int) -> Int? {
        let vtable = table - Int(Int32(truncatingIfNeeded: number(table, 4)))
        guard 4 + 2 * slot < number(vtable, 2) else { return nil }
        let offset = number(vtable + 4 + 2 * slot, 2)
        return offset == 0 ? nil : table + offset
    }

    private mutating func add(_ offset: Int, _ width: Int) {
        guard offset >= 0, offset + width <= bytes.count else { return }
        found.places.append(Anatomy.Place(offset: offset, width: width))
    }

    /// A number without a sign; 0 outside the input.
    private func number(_ offset: Int, _ width: Int) -> Int {
        guard offset >= 0, offset + width <= bytes.count else { return 0 }
        var number: UInt64 = 0
        for index in 0..<width { number |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
        return Int(truncatingIfNeeded: number)
    }
}

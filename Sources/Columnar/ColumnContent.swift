extension Column {
    /// Gives the column's content to a hash, piece by piece: type, length, validity, values. Two columns with the
    /// same rows give the same bytes, wherever they are stored; the name is not part of it.
    public func visitContent(_ visit: ([UInt8]) throws -> Void) rethrows {
        try visit(Array("\(type.name) \(count) \(missingCount)\n".utf8))
        for buffer in contentBuffers { try buffer.visitPieces(visit) }
    }

    /// The buffers behind validity and values. Where no row is missing, validity is as good as none.
    private var contentBuffers: [any ByteBuffer] {
        var buffers: [any ByteBuffer] = []
        if let validity, missingCount > 0 { buffers.append(validity.bits) }
        buffers += values.buffers
        if case .dictionary(_, let labels) = values { buffers += [labels.erasedOffsets, labels.bytes] }
        return buffers
    }

    /// Where in the file the column's content lies; content that had to be copied lies nowhere.
    fileprivate func places(in file: MappedFile) -> [Range<Int>] {
        contentBuffers.compactMap { $0.place(in: file) }.filter { !$0.isEmpty }
    }
}

extension Table {
    /// Gives everything of the file it was read from that is not content of its columns to a hash: headers, schema,
    /// padding, footer, and where content lies. Together with the columns' content it is every byte of the file.
    public func visitFrame(of file: MappedFile, _ visit: ([UInt8]) throws -> Void) rethrows {
        let places = columns.flatMap { $0.places(in: file) }
        try visit(Array(places.map { "\($0.lowerBound)+\($0.count)\n" }.joined().utf8))
        var position = 0
        for place in places.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if position < place.lowerBound {
                try file.bytes.part(from: position, count: place.lowerBound - position).visitPieces(visit)
            }
            position = max(position, place.upperBound)
        }
        try file.bytes.part(from: position, count: file.count - position).visitPieces(visit)
    }
}

extension Column {
    /// Gives the column's content to a hash, piece by piece: type, length, validity, values. Two columns with the
    /// same rows give the same bytes, wherever they are stored; the name is not part of it.
    public func visitContent(_ visit: ([UInt8]) throws -> Void) rethrows {
        try visit(Array("\(type) \(count) \(missingCount)\n".utf8))
        if let validity { try visitPieces(validity.bits, visit) }
        switch values {
        case .int8(let values): try visitPieces(values, visit)
        case .int16(let values): try visitPieces(values, visit)
        case .int32(let values), .date(let values): try visitPieces(values, visit)
        case .int64(let values), .timestamp(let values, _): try visitPieces(values, visit)
        case .float64(let values): try visitPieces(values, visit)
        case .bool(let values): try visitPieces(values.bits, visit)
        case .text(let texts):
            try visitPieces(texts.offsets, visit)
            try visitPieces(texts.bytes, visit)
        case .dictionary(let codes, let labels):
            switch codes {
            case .int8(let codes): try visitPieces(codes, visit)
            case .int16(let codes): try visitPieces(codes, visit)
            case .int32(let codes): try visitPieces(codes, visit)
            }
            try visitPieces(labels.offsets, visit)
            try visitPieces(labels.bytes, visit)
        }
    }
}

/// Visits the bytes of a buffer in pieces of at most 1 MiB.
func visitPieces<Element>(_ buffer: Buffer<Element>, _ visit: ([UInt8]) throws -> Void) rethrows {
    let piece = 1 << 20
    for start in stride(from: 0, to: buffer.byteCount, by: piece) {
        try visit(buffer.bytes(from: start, limit: piece))
    }
}

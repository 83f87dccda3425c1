extension Column {
    /// Gives the column's content to a hash, piece by piece: type, length, validity, values. Two columns with the
    /// same rows give the same bytes, wherever they are stored; the name is not part of it.
    public func visitContent(_ visit: ([UInt8]) throws -> Void) rethrows {
        try visit(Array("\(type.name) \(count) \(missingCount)\n".utf8))
        if let validity { try validity.bits.visitPieces(visit) }
        for buffer in values.buffers { try buffer.visitPieces(visit) }
        if case .dictionary(_, let labels) = values {
            try labels.erasedOffsets.visitPieces(visit)
            try labels.bytes.visitPieces(visit)
        }
    }
}

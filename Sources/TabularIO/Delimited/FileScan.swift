/// Scans a whole file: parts of it in parallel, as if none began inside quotes, and those again that did.
///
/// Where a part begins is a guess until the part before it has been scanned: a line end may stand inside a quoted cell.
/// So each part says where its records begin and end, and the parts must fit together; the result is that of reading
/// from front to back.
struct FileScan {
    private let chunks: ChunkScan
    /// The first byte after the header, and its line.
    private let start: Int
    private let line: Int
    private let partSize: Int
    private let longest: Int

    init(
        _ file: FileBytes, start: Int, line: Int, separator: UInt8, width: Int, partSize: Int?, longest: Int
    ) {
        chunks = ChunkScan(file: file, separator: separator, width: width)
        self.start = start
        self.line = line
        self.longest = longest
        // Large enough for some hundred rows, so that a wide file does not fall into very many small columns.
        self.partSize = partSize ?? max(1 << 20, width * 256)
    }

    /// The chunks in order, none overlapping, all records in them.
    func scan() throws(TabularError) -> [CellChunk] {
        let guesses = try guesses()
        let memory = ScanMemory()
        var scanned: [CellChunk] = []
        var (at, line, number) = (start, line, 1)
        func take(_ chunk: CellChunk) throws(TabularError) {
            if let byte = chunk.invalidByte { throw try notText(byte) }
            var chunk = chunk
            chunk.place(line: line, number: number)
            at = chunk.end
            line += chunk.lineCount
            number += chunk.recordCount
            scanned.append(chunk)
        }
        for (index, guess) in guesses.enumerated() {
            let end = part(index).upperBound
            if let guess, guess.start == at {
                try take(guess)
            }
            while at < end {
                // A wrong guess, or a record that is longer than what was read of it.
                try take(try chunk(from: at, to: end, line: line, memory))
            }
        }
        return scanned
    }

    /// The records from one known to begin at `start` to the first at or behind `end`.
    private func chunk(from start: Int, to end: Int, line: Int, _ memory: ScanMemory) throws(TabularError) -> CellChunk
    {
        var overlap = ChunkScan.overlap
        while true {
            let chunk = try chunks.scan(start..<end, isRecordStart: true, overlap: overlap, memory)
            if let chunk, chunk.end > start { return chunk }
            guard end + overlap < chunks.file.count else {
                let quote = chunk?.openQuote
                throw TabularError.openQuote(line: line + (quote?.line ?? 0), byte: start + (quote?.byte ?? 0))
            }
            guard end + overlap - start < longest else {
                throw TabularError.tooLong(line: line, byte: start, limit: longest)
            }
            overlap = min(overlap * 4, longest - (end - start))
        }
    }

    /// The error for a byte that is not UTF-8.
    private func notText(_ byte: Int) throws(TabularError) -> TabularError {
        var line = 1
        var at = 0
        while at < byte {
            let length = min(1 << 20, byte - at)
            // With the byte behind it: a CR at its end may be half of a line end.
            let piece = try chunks.file.read(from: at, limit: length + 1)
            for index in 0..<length where Record.endsLine(piece.span, index) { line += 1 }
            at += length
        }
        return TabularError.notUTF8(line: line, byte: byte)
    }

    private var partCount: Int { (chunks.file.count - start + partSize - 1) / partSize }

    private func part(_ index: Int) -> Range<Int> {
        let first = start + index * partSize
        return first..<min(first + partSize, chunks.file.count)
    }

    /// The parts, each scanned on its own.
    private func guesses() throws(TabularError) -> [CellChunk?] {
        try Parallel.map(partCount, scratch: { ScanMemory() }) { index, memory throws(TabularError) in
            try chunks.scan(part(index), isRecordStart: index == 0, overlap: ChunkScan.overlap, memory)
        }
    }
}

extension CellChunk {
    /// Turns places from the chunk's into the file's.
    fileprivate mutating func place(line: Int, number: Int) {
        places.line = line
        places.number = number
        for index in strays.indices {
            strays[index].place.line += line
            strays[index].place.number += number
            strays[index].place.byte += start
        }
    }
}

extension CellTable {
    /// Puts chunks together, column by column.
    init(header: [String], _ chunks: consuming [CellChunk]) {
        let columns = header.indices.map { index in CellColumn(parts: chunks.map { $0.columns[index] }) }
        self.init(
            header: header, columns: columns, places: RowPlaces(chunks.map(\.places)),
            strays: chunks.flatMap(\.strays))
    }
}

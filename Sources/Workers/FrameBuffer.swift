/// Messages on a pipe: a 32-bit length, then so many bytes.
struct FrameBuffer {
    /// No message is longer; a peer that says so is broken.
    static let limit = 1 << 30

    private var bytes: [UInt8] = []

    /// A message as it goes over the pipe.
    static func frame(_ message: [UInt8]) -> [UInt8] {
        let count = UInt32(message.count)
        return [
            UInt8(truncatingIfNeeded: count), UInt8(truncatingIfNeeded: count >> 8),
            UInt8(truncatingIfNeeded: count >> 16), UInt8(truncatingIfNeeded: count >> 24),
        ] + message
    }

    /// Adds what came.
    mutating func append(_ more: [UInt8]) {
        bytes += more
    }

    /// The next whole message, if it is there.
    mutating func next() throws(WorkerError) -> [UInt8]? {
        guard bytes.count >= 4 else { return nil }
        let count = (0..<4).reduce(0) { $0 | Int(bytes[$1]) << (8 * $1) }
        guard count <= Self.limit else { throw WorkerError(.protocolBroken, "A worker sent a message without end.") }
        guard bytes.count >= 4 + count else { return nil }
        let message = Array(bytes[4..<4 + count])
        bytes.removeFirst(4 + count)
        return message
    }

    var isEmpty: Bool { bytes.isEmpty }
}

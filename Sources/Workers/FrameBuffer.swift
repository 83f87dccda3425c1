/// Collects messages from a pipe, see `WireFrame`.
struct FrameBuffer {
    /// No message is longer; a peer that says so is broken.
    static let limit = 1 << 30

    private var bytes: [UInt8] = []

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

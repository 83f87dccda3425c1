/// Collects messages from a pipe, see `WireFrame`.
struct FrameBuffer {
    /// No message is longer; a peer that says so is broken. The results of a task have half of it.
    static let limit = 128 << 20

    private var bytes: [UInt8] = []
    /// Where the next message begins.
    private var start = 0

    /// Adds what came.
    mutating func append(_ more: [UInt8]) {
        bytes.removeSubrange(..<start)
        start = 0
        bytes += more
    }

    /// The next whole message, if it is there.
    mutating func next() throws(WorkerError) -> [UInt8]? {
        guard bytes.count - start >= 4 else { return nil }
        let count = (0..<4).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
        guard count <= Self.limit else { throw WorkerError(.protocolBroken, "A worker sent a message without end.") }
        let body = start + 4
        guard bytes.count - body >= count else { return nil }
        start = body + count
        return Array(bytes[body..<start])
    }
}

import MeasureModel
import PlumblineTestSupport
import Statistics
import Testing

@testable import Workers

/// Messages on a pipe, however it cuts them.
struct FrameTests {
    @Test func messagesComeBackHoweverTheyAreCut() throws {
        var random = SplitMix64(seed: 101)
        let messages = (0..<60).map { _ in
            (0..<random.pick([0, 1, 3, 100, 70_000])).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
        let stream = messages.flatMap(WireFrame.of)
        for _ in 0..<3 {
            var buffer = FrameBuffer()
            var read: [[UInt8]] = []
            var at = 0
            while at < stream.count {
                let end = min(stream.count, at + random.pick([1, 2, 5, 1000, 65_536]))
                buffer.append(Array(stream[at..<end]))
                at = end
                while let message = try buffer.next() { read.append(message) }
            }
            #expect(read == messages)
        }
    }

    @Test func lengthsAreLittleEndian() {
        #expect(WireFrame.of([7, 8, 9]) == [3, 0, 0, 0, 7, 8, 9])
        #expect(WireFrame.of(Array(repeating: 0, count: 258)).prefix(4) == [2, 1, 0, 0])
    }

    @Test func halfAMessageIsNone() throws {
        var buffer = FrameBuffer()
        for byte in [3, 0, 0, 0, 1, 2] as [UInt8] {
            buffer.append([byte])
            #expect(try buffer.next() == nil)
        }
        buffer.append([3])
        #expect(try buffer.next() == [1, 2, 3])
    }

    @Test func aLengthWithoutEndIsRefusedAtOnce() {
        for bytes in [[255, 255, 255, 255], [1, 0, 0, 64]] as [[UInt8]] {
            var buffer = FrameBuffer()
            buffer.append(bytes)
            #expect(throws: WorkerError.self) { try buffer.next() }
        }
    }
}

import CivilCalendar
import MeasureModel
import PlumblineTestSupport
import Statistics
import Testing

/// A worker is not trusted: whatever its bytes are, reading them gives a message or an error.
struct WireDamageTests {
    /// Reads bytes as every kind of message; counts how many took them.
    private func readers(of bytes: [UInt8]) -> Int {
        var accepted = 0
        if (try? WorkerRequest(wireBytes: bytes)) != nil { accepted += 1 }
        if (try? WorkerReply(wireBytes: bytes)) != nil { accepted += 1 }
        if (try? TaskResult(wireBytes: bytes)) != nil { accepted += 1 }
        if (try? MeasureDefinition(wireBytes: bytes)) != nil { accepted += 1 }
        return accepted
    }

    private func whatWasExpected(_ read: () throws -> Void) -> String? {
        do {
            try read()
            return nil
        } catch {
            return (error as? WireError)?.expected
        }
    }

    @Test func cutMessagesAreErrors() {
        for request in Samples.requests {
            let bytes = request.wireBytes
            for count in bytes.indices {
                #expect(throws: WireError.self) { try WorkerRequest(wireBytes: Array(bytes[..<count])) }
            }
        }
        for reply in Samples.replies {
            let bytes = reply.wireBytes
            for count in bytes.indices {
                #expect(throws: WireError.self) { try WorkerReply(wireBytes: Array(bytes[..<count])) }
            }
        }
    }

    @Test func bytesBehindAMessageAreAnError() {
        for reply in Samples.replies {
            #expect(
                whatWasExpected { _ = try WorkerReply(wireBytes: reply.wireBytes + [0]) } == "the end of the message")
        }
    }

    @Test func everyChangedByteGivesAMessageOrAnError() {
        var read = 0
        for bytes in Samples.messages {
            for index in bytes.indices {
                for value in [0, 0xff, bytes[index] ^ 0x81] as [UInt8] {
                    var changed = bytes
                    changed[index] = value
                    read += readers(of: changed)
                }
            }
        }
        #expect(read > 1000)
    }

    @Test func randomDamageGivesAMessageOrAnError() {
        var random = SplitMix64(seed: 61)
        let messages = Samples.messages
        var refused = 0
        for _ in 0..<5000 {
            var bytes = random.pick(messages)
            for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 2: bytes.remove(at: place)
                case 3:
                    bytes.insert(contentsOf: [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], at: place)
                default: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...30, using: &random)))
                }
            }
            if readers(of: bytes) == 0 { refused += 1 }
        }
        #expect(refused > 1000)
    }

    @Test func noiseGivesAMessageOrAnError() {
        var random = SplitMix64(seed: 62)
        for _ in 0..<3000 {
            _ = readers(
                of: (0..<Int.random(in: 0...60, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
    }

    static let endlessLengths: [[UInt8]] = [
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], [0xff, 0xff, 0xff, 0xff, 0x0f], [0x02, 0x00],
        [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40],
    ]

    /// Lengths are held against the bytes that are there, before anything is reserved.
    @Test(arguments: endlessLengths) func lengthsWithoutBytesAreErrors(bytes: [UInt8]) {
        #expect(throws: WireError.self) { try String(wireBytes: bytes) }
        #expect(throws: WireError.self) { try [Int](wireBytes: bytes) }
        #expect(throws: WireError.self) { try [[String]](wireBytes: bytes) }
        #expect(throws: WireError.self) { try Script(wireBytes: [0] + bytes) }
    }

    @Test func numbersWithoutEndAreErrors() {
        let endless = [UInt8](repeating: 0x80, count: 10) + [1]
        #expect(whatWasExpected { _ = try UInt64(wireBytes: endless) } == "a number of at most 64 bits")
        #expect(whatWasExpected { _ = try UInt64(wireBytes: [0x80, 0x80]) } == "a number")
        #expect(whatWasExpected { _ = try Int(wireBytes: []) } == "a number")
    }

    @Test func unknownKindsAreErrors() {
        #expect(whatWasExpected { _ = try WorkerRequest(wireBytes: [9]) } == "a request")
        #expect(whatWasExpected { _ = try WorkerReply(wireBytes: [10]) } == "a reply")
        #expect(whatWasExpected { _ = try PersonRule(wireBytes: [9]) } == "a rule for persons")
        #expect(whatWasExpected { _ = try Status(wireBytes: "fine".wireBytes) } == "a value of Status")
        #expect(whatWasExpected { _ = try PeriodKind(wireBytes: "moon".wireBytes) } == "a value of PeriodKind")
        #expect(whatWasExpected { _ = try CivilDate(wireBytes: Int.max.wireBytes) } == "a date")
    }
}

import Foundation
import PlumblineTestSupport
import Statistics

/// A generated survey of which some rows cannot be loaded, with what an import must say of each.
struct MessySurvey {
    /// A record that must be rejected: its number, line, byte, and the column that is to blame.
    struct Bad: Equatable {
        var row: Int
        var line: Int
        var byte: Int
        var column: String
    }

    /// The file's bytes, in its encoding.
    private(set) var bytes: [UInt8] = []
    /// Records after the header.
    private(set) var recordCount = 0
    private(set) var bad: [Bad] = []
    /// What the first bytes of each bad record are, as they are written.
    private(set) var beginnings: [[UInt8]] = []
    private let encoding: String.Encoding
    private let lineEnd: String
    private var line = 1
    /// The network of the first person, when that row can be loaded.
    private var firstNetwork: String?

    static let encodings: [(name: String, encoding: String.Encoding)] = [
        ("utf-8", .utf8), ("utf-16le", .utf16LittleEndian), ("utf-16be", .utf16BigEndian),
        ("windows-1252", .windowsCP1252),
    ]

    init(_ random: inout SplitMix64, encoding: String.Encoding) {
        self.encoding = encoding
        lineEnd = random.pick(["\n", "\r\n", "\r"])
        write("respondent,network,note,trust,submitted")
        for number in 1...20 + random.below(60) {
            if random.chance(8) { write("") }
            add(number, &random)
        }
    }

    private mutating func add(_ number: Int, _ random: inout SplitMix64) {
        let note = random.pick([
            "", "fine", "\"two\(lineEnd)lines\"", "\"said \"\"yes\"\", é\"", "ü€",
            "\(lineEnd == "\r" ? "a" : "\"\r\"")", "=1+1",
        ])
        var cells = [
            "p\(number)", random.pick(["east", "west"]), note, "\(random.below(6))", "2025-10-0\(1 + random.below(9))",
        ]
        var wrong: String?
        if random.chance(30) {
            switch random.below(7) {
            case 0: (cells[1], wrong) = (random.pick(["north", "", "East"]), "network")
            case 1: (cells[3], wrong) = (random.pick(["many", "4.5", "007", "NaN", "1 2"]), "trust")
            case 2: (cells[4], wrong) = (random.pick(["soon", "2025-02-30", "\"1, 2\""]), "submitted")
            case 3: (cells, wrong) = (cells + ["more"], "")
            case 4: (cells, wrong) = (Array(cells.dropLast(1 + random.below(4))), "")
            case 5: (cells[2], wrong) = ("no\u{0}text", "")
            default:
                guard let firstNetwork else { break }
                (cells[0], cells[1], wrong) = ("p1", firstNetwork, "respondent")
            }
        }
        if number == 1, wrong == nil { firstNetwork = cells[1] }
        recordCount += 1
        let record = cells.joined(separator: ",")
        if let wrong {
            bad.append(Bad(row: recordCount, line: line, byte: bytes.count, column: wrong))
            beginnings.append(encoded(String(record.prefix(2))))
        }
        write(record)
    }

    private func encoded(_ text: String) -> [UInt8] { Array(text.data(using: encoding) ?? Data()) }

    private mutating func write(_ record: String) {
        bytes += encoded(record + lineEnd)
        let breaks = record.replacing("\r\n", with: "\n").unicodeScalars.count { $0 == "\n" || $0 == "\r" }
        line += breaks + 1
    }
}

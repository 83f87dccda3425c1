import Foundation
import MeasureModel
import PlumblineTestSupport
import Statistics
import Testing

/// The feed's JSON is written by us; Foundation must read the same from it.
struct JSONTests {
    private func foundation(_ json: JSON) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(json.text().utf8), options: .fragmentsAllowed)
    }

    @Test func numbersReadBackTheSame() throws {
        var random = SplitMix64(seed: 71)
        var numbers: [Double] = [
            0, -0.0, 1, -1, 0.1, 1e15, 1e15 - 1, -1e15, 1e16, 123_456_789_012_345_680, .leastNonzeroMagnitude,
            .greatestFiniteMagnitude,
            .leastNormalMagnitude, 1 / 3, 1e21, 1e22, 1e-5, 1e-7, 4.35, 0.1 + 0.2, 9_007_199_254_740_992,
        ]
        while numbers.count < 4000 {
            let number = Double(bitPattern: random.next())
            if number.isFinite { numbers.append(number) }
            numbers.append(Double(Int.random(in: -1_000_000...1_000_000, using: &random)) / 1000)
        }
        for number in numbers {
            let text = JSON.number(number).text()
            #expect(try JSONDecoder().decode([Double].self, from: Data("[\(text)]".utf8)) == [number], "\(text)")
            #expect(Double(text) == number, "\(text)")
            // The shortest: no shorter text of digits reads back the same.
            #expect(text.utf8.count <= "\(number)".utf8.count)
        }
    }

    @Test func wholeNumbersHaveNoPoint() {
        let texts = [0, -0.0, 1, -1, 118, 1e14, 999_999_999_999_999].map { JSON.number($0).text() }
        #expect(texts == ["0", "0", "1", "-1", "118", "100000000000000", "999999999999999"])
        #expect(JSON.number(0.1).text() == "0.1")
        #expect(JSON.number(1e100).text() == "1e+100")
    }

    @Test func whatIsNoFiniteNumberIsNull() {
        for number in [Double.nan, .infinity, -.infinity, .signalingNaN] {
            #expect(JSON.number(number).text() == "null")
        }
    }

    @Test func integersAreWrittenInFull() throws {
        for integer in [0, 1, -1, .max, .min, 9_007_199_254_740_993] {
            #expect(JSON.integer(integer).text() == "\(integer)")
            #expect((try foundation(.integer(integer)) as? NSNumber)?.intValue == integer)
        }
    }

    @Test func everyCharacterReadsBackTheSame() throws {
        var scalars = (0...0x2fff).compactMap(Unicode.Scalar.init) + (0xd7f0...0xe010).compactMap(Unicode.Scalar.init)
        scalars +=
            (0xfff0...0x10010).compactMap(Unicode.Scalar.init)
            + [Unicode.Scalar(0x1f600), Unicode.Scalar(0x10ffff)]
            .compactMap(\.self)
        for scalar in scalars {
            let text = "a\(Character(scalar))b"
            let read = try foundation(.string(text)) as? String
            #expect(
                read.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars),
                "U+\(String(scalar.value, radix: 16))")
        }
    }

    @Test func controlCharactersAreEscaped() {
        #expect(
            JSON.string("\"\\\n\r\t\u{0}\u{1f}\u{7f}\u{2028}\u{2029}/").text()
                == #""\"\\\n\r\t\u0000\u001f\u007f\u2028\u2029/""#)
        #expect(JSON.string("é学\u{1f600}").text() == "\"é学\u{1f600}\"", "other letters stay as they are")
    }

    @Test func randomDocumentsReadBackTheSame() throws {
        var random = SplitMix64(seed: 72)
        for _ in 0..<400 {
            let (json, expected) = Self.document(&random, depth: 4)
            let wrapped = NSArray(array: [expected])
            for text in ["[\(json.text())]", "[\(json.prettyText())]"] {
                let read = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSArray
                #expect(read == wrapped, "\(text)")
            }
        }
    }

    private static func document(_ random: inout SplitMix64, depth: Int) -> (JSON, Any) {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: return (.null, NSNull())
        case 1:
            let truth = random.chance(50)
            return (.bool(truth), truth as NSNumber)
        case 2:
            let integer = Int.random(in: -1000...1000, using: &random)
            return (.integer(integer), integer as NSNumber)
        case 3:
            let number = Double(Int.random(in: -1000...1000, using: &random)) / 8
            return (.number(number), number as NSNumber)
        case 4:
            let text = random.pick(["", "x", "é\n", "\"quoted\"", "\\", "\u{1}", "a/b"])
            return (.string(text), text)
        case 5:
            let elements = (0..<Int.random(in: 0...4, using: &random)).map { _ in document(&random, depth: depth - 1) }
            return (.array(elements.map(\.0)), elements.map(\.1))
        default:
            let names = ["a", "b", "\"", "é"].prefix(Int.random(in: 0...4, using: &random))
            let fields = names.map { ($0, document(&random, depth: depth - 1)) }
            return (
                .object(fields.map { ($0.0, $0.1.0) }),
                Dictionary(uniqueKeysWithValues: fields.map { ($0.0, $0.1.1) })
            )
        }
    }

    @Test func fieldsStayInTheirOrder() {
        let json = JSON.object([("b", .integer(1)), ("a", .array([.null, .bool(true)])), ("c", .object([]))])
        #expect(json.text() == #"{"b":1,"a":[null,true],"c":{}}"#)
        #expect(
            json.prettyText() == """
                {
                  "b": 1,
                  "a": [
                    null,
                    true
                  ],
                  "c": {}
                }

                """)
    }

    @Test func textsThatAreJSONAreWrittenAsTheyAre() {
        #expect(JSON.array([.verbatim("{\"x\": [1]}")]).text() == "[{\"x\": [1]}]")
    }

    @Test func optionalsAreNullOrThemselves() {
        #expect(JSON.optional(String?.none) == .null)
        #expect(JSON.optional("x") == .string("x"))
        #expect(JSON.optional(Double?.none) == .null)
        #expect(JSON.optional(1.5) == .number(1.5))
        #expect(JSON.optional(Int?.none) == .null)
        #expect(JSON.optional(3) == .integer(3))
    }
}

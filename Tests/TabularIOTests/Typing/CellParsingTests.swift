import CivilCalendar
import Foundation
import PlumblineTestSupport
import Statistics
import TabularIO
import Testing

/// Single cells as whole numbers, numbers, truths and days.
struct CellParsingTests {
    @Test(arguments: [
        ("0", 0), ("7", 7), ("-7", -7), ("+7", 7), ("-0", 0), (" 42\t", 42), ("9223372036854775807", Int64.max),
        ("-9223372036854775807", -Int64.max),
    ])
    func wholeNumbers(text: String, value: Int64) {
        #expect(withCell(text) { CellParsing.integer($0) } == value)
    }

    @Test(arguments: [
        "", " ", "-", "+", "007", "00", "-01", "1.0", "1e3", "0x10", "1 000", "1,000", "１", "a", "9223372036854775808",
        "99999999999999999999", "--1", "1-", "٣",
    ])
    func textsThatAreNoWholeNumbers(text: String) {
        #expect(withCell(text) { CellParsing.integer($0) } == nil)
    }

    @Test func wholeNumbersAgreeWithInt64() {
        var random = SplitMix64(seed: 51)
        for _ in 0..<5_000 {
            let digits = (0..<Int.random(in: 1...20, using: &random)).map { _ in
                random.pick(Array("0123456789"))
            }
            let text = random.pick(["", "-", "+"]) + String(digits)
            let isPadded = digits.count > 1 && digits[0] == "0"
            let wanted = isPadded ? nil : Int64(text)
            #expect(withCell(text) { CellParsing.integer($0) } == wanted, "\(text)")
        }
    }

    @Test(arguments: [("true", true), ("TRUE", true), ("Yes", true), ("yes", true), ("No", false), ("fAlSe", false)])
    func truths(text: String, value: Bool) {
        #expect(withCell(text) { CellParsing.truth($0) } == value)
    }

    @Test(arguments: ["", "1", "0", "y", "n", "t", "on", "yess", "truE!", "\u{4e}\u{0f}", "nö"])
    func textsThatAreNoTruths(text: String) {
        #expect(withCell(text) { CellParsing.truth($0) } == nil)
    }

    @Test(arguments: ["NaN", "nan", "NAN", "inf", "-Inf", "+inf", "Infinity", "-infinity", " NaN "])
    func namesOfNoNumber(text: String) {
        #expect(withCell(text) { CellParsing.isNotANumber($0) })
        #expect(withCell(text) { CellParsing.number($0) } == nil)
        #expect(withCell(text) { CellParsing.integer($0) } == nil)
    }

    @Test(arguments: ["", "NA", "Nan!", "info", "n/a", "-", "null", "infinit", "--inf"])
    func namesOfSomethingElse(text: String) {
        #expect(!withCell(text) { CellParsing.isNotANumber($0) })
    }

    @Test func daysAndTimes() {
        #expect(withCell("2026-11-04") { CellParsing.date($0) }?.description == "2026-11-04")
        #expect(withCell("2026-11-04 ") { CellParsing.date($0) } == nil)
        #expect(withCell("11/04/2026") { CellParsing.date($0) } == nil)
        #expect(withCell("2026-11-04T06:00Z") { CellParsing.time($0) }?.offsetSeconds == 0)
        #expect(withCell("2026-11-04") { CellParsing.time($0) } == nil)
    }
}

/// Numbers against Foundation's.
struct NumberParsingTests {
    /// The value by the standard library where the text has the shape of a number: sign, digits without leading zeros,
    /// point, exponent.
    private func wanted(_ text: String) -> Double? {
        guard text.wholeMatch(of: /[+-]?(([1-9][0-9]*|0)(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?/) != nil else {
            return nil
        }
        // A whole number is kept exactly or not at all.
        if let digits = text.wholeMatch(of: /[+-]?([0-9]+)/)?.1 {
            guard let whole = UInt64(digits), whole < 10 << 59, Double(exactly: whole) != nil else { return nil }
        }
        return Double(text).flatMap { $0.isFinite ? $0 : nil }
    }

    private func expectAgreement(_ text: String) {
        let got = withCell(text) { CellParsing.number($0) }
        #expect(
            got?.bitPattern == wanted(text)?.bitPattern, "\(text): \(got as Double?) and \(wanted(text) as Double?)")
    }

    @Test(arguments: [
        "0", "-0", "0.0", "-0.0", "1.", ".5", "-.5", "1e5", "1E-5", "1e+5", "1e22", "1e23",
        "123456789012345678901234567890",
        "9007199254740993", "9007199254740992e22", "0.1", "0.30000000000000004", "2.2250738585072014e-308", "5e-324",
        "4.9e-324", "2e-324", "1.7976931348623157e308", "1.7976931348623159e308", "1e400", "1e-400", "1e999999999999",
        "0e999999999999", "0.000000000000000000000000000000000000001", "179769313486231580793728971405301e276",
        "576460752303423488", "5764607523034234879", "57646075230342348799", "184467440737095516159",
    ])
    func edges(text: String) {
        expectAgreement(text)
    }

    @Test(arguments: [
        "", " ", "-", ".", "+.", "-.e1", "e5", "1e", "1e+", "01", "-01.5", "00.5", "1..2", "1.2.3", "1,5", "0x1p3",
        "1_000", "1 000", "1f", "1d", "१", "1e5.0", "$5", "5%", "nan", "inf", "--1", "1-",
    ])
    func textsThatAreNoNumbers(text: String) {
        #expect(withCell(text) { CellParsing.number($0) } == nil)
    }

    @Test func spacesAroundDoNotCount() {
        #expect(withCell(" \t1.5 ") { CellParsing.number($0) } == 1.5)
        #expect(withCell("1 .5") { CellParsing.number($0) } == nil)
    }

    @Test func generatedShapes() {
        var random = SplitMix64(seed: 52)
        func digits(_ range: ClosedRange<Int>) -> String {
            String((0..<Int.random(in: range, using: &random)).map { _ in random.pick(Array("0123456789")) })
        }
        for _ in 0..<6_000 {
            var text = random.pick(["", "-", "+"]) + digits(0...random.pick([3, 8, 20, 40]))
            if random.chance(60) { text += "." + digits(0...random.pick([2, 10, 30])) }
            if random.chance(30) { text += random.pick(["e", "E"]) + random.pick(["", "-", "+"]) + digits(0...3) }
            expectAgreement(text)
        }
    }

    /// Every double comes back from its shortest text.
    @Test func shortestTextsComeBack() {
        var random = SplitMix64(seed: 53)
        for _ in 0..<5_000 {
            let value = Double(bitPattern: random.next())
            guard value.isFinite else { continue }
            #expect(withCell("\(value)") { CellParsing.number($0) }?.bitPattern == value.bitPattern)
        }
    }
}

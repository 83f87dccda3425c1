import PlumblineTestSupport
import Testing

@testable import Statistics

@Suite("Summation")
struct CompensatedSumTests {
    @Test("keeps what plain addition loses")
    func cancellation() {
        var sum = CompensatedSum()
        for x in [1, 1e100, 1, -1e100] { sum.add(x) }
        #expect(sum.value == 2)
        #expect(Descriptives.sum([1, 1e16, -1e16, 1e-3]) == 1.001)
    }

    @Test("a tenth a million times is a hundred thousand")
    func tenths() {
        #expect(Descriptives.sum([Double](repeating: 0.1, count: 1_000_000)) == 100_000)
    }

    @Test("every length, with the last lanes filled up")
    func lengths() {
        for count in 0..<40 {
            let values = (0..<count).map(Double.init)
            #expect(Descriptives.count(values) == count)
            #expect(Descriptives.sum(values) == (count == 0 ? nil : Double(count * (count - 1) / 2)))
        }
    }

    @Test("a division keeps its remainder")
    func division() {
        var sum = CompensatedSum()
        sum.add(1)
        let (quotient, error) = sum.divided(by: 3)
        #expect(quotient == 1.0 / 3)
        // 1/3 - fl(1/3) = 2^-54 / 3
        expectClose(error, 0x1p-54 / 3)
    }

    @Test("the same bits on every run, and whatever the neighbours in memory")
    func repeatable() {
        var generator = SplitMix64(seed: 1)
        let values = generator.column(count: 10_007, in: -1e6...1e6, missing: 0.1)
        let shifted = [0] + values
        let elsewhere = Descriptives.sum(shifted.span.extracting(1...))
        #expect(Descriptives.sum(values) == Descriptives.sum(values))
        #expect(Descriptives.sum(values) == elsewhere)
    }

    @Test("order changes no more than the last digits")
    func order() {
        var generator = SplitMix64(seed: 2)
        var values = generator.column(count: 5000, in: -1...1)
        let sum = Descriptives.sum(values)
        values.shuffle(using: &generator)
        expectClose(Descriptives.sum(values), sum, relative: 1e-15)
    }
}

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension IncompleteGamma {
    /// log x where the tail P(a, x) or Q(a, x) is `probability`, which lies in (0, 0.5].
    func logQuantile(_ tail: Tail, _ probability: Double) -> Double {
        tail.solve(for: probability, from: guess(tail, probability), center: log(a)) { logX in
            let x = exp(logX)
            return TailEvaluation(tails: tails(x: x), logSlope: a - x)
        }
    }

    /// Wilson and Hilferty's cube root (Abramowitz & Stegun 26.4.17); where that fails, for small shapes, the
    /// leading term x^a / Γ(a + 1) below and the mean above.
    private func guess(_ tail: Tail, _ probability: Double) -> Double {
        let deviate = Normal.standardUpperQuantile(probability)
        let shift = deviate / (3 * a.squareRoot())
        let root = 1 - 1 / (9 * a) + (tail == .lower ? -shift : shift)
        if root > 0.2 { return log(a) + 3 * log(root) }
        return tail == .lower ? min((log(probability) + logPowerLawScale) / a, log(a)) : log(a)
    }
}

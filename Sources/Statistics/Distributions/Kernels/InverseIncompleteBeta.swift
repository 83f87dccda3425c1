#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension IncompleteBeta {
    /// log(x / (1 - x)) where the tail of I_x(a, b) is `probability`, which lies in (0, 0.5].
    ///
    /// On this scale the answer is good at both ends of [0, 1]: x and 1 - x follow from it without cancellation.
    func logitQuantile(_ tail: Tail, _ probability: Double, near guess: Double? = nil) -> Double {
        let start = guess ?? self.guess(tail, probability)
        return tail.solve(for: probability, from: start, center: log(a / b)) { logit in
            let x = 1 / (1 + exp(-logit))
            let y = 1 / (1 + exp(logit))
            return TailEvaluation(tails: tails(x: x, y: y), logSlope: a * y - b * x)
        }
    }

    private func guess(_ tail: Tail, _ probability: Double) -> Double {
        switch tail {
        case .lower: lowerGuess(probability)
        case .upper: -IncompleteBeta(a: b, b: a).lowerGuess(probability)
        }
    }

    private func lowerGuess(_ probability: Double) -> Double {
        a >= 1 && b >= 1 ? normalGuess(probability) : powerLawGuess(probability)
    }

    /// From the normal deviate: Abramowitz & Stegun 26.5.22.
    private func normalGuess(_ probability: Double) -> Double {
        let deviate = Normal.standardUpperQuantile(probability)
        let lambda = (deviate * deviate - 3) / 6
        let (perA, perB) = (1 / (2 * a - 1), 1 / (2 * b - 1))
        let h = 2 / (perA + perB)
        let w = deviate * (h + lambda).squareRoot() / h - (perB - perA) * (lambda + 5.0 / 6 - 2 / (3 * h))
        return log(a / b) - 2 * w
    }

    /// From the leading term x^a / (a B(a, b)), which is good for small a, where the normal deviate is useless.
    private func powerLawGuess(_ probability: Double) -> Double {
        let logX = (log(probability) + logPowerLawScale) / a
        let center = log(a / b)
        return logX < 0 ? min(logX - log(-expm1(logX)), center) : center
    }
}

import Statistics
import Testing

@Suite("Distributions against 60-digit references")
struct DistributionReferenceTests {
    struct Group: CustomTestStringConvertible {
        let name: String
        let parameters: [Double]
        let function: String
        var pairs: [(argument: Double, value: Double)]

        var testDescription: String { "\(name) \(parameters) \(function)" }
    }

    static let groups: [Group] = {
        var groups: [Group] = []
        for line in DistributionReferences.table.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            if line.hasPrefix(" ") {
                let numbers = words.compactMap(Double.init)
                for index in stride(from: 0, to: numbers.count - 1, by: 2) {
                    groups[groups.count - 1].pairs.append((numbers[index], numbers[index + 1]))
                }
            } else {
                let parameters = words[1...2].compactMap(Double.init)
                groups.append(Group(name: words[0], parameters: parameters, function: words[3], pairs: []))
            }
        }
        return groups
    }()

    @Test("to 1e-12 in both tails and both directions", arguments: groups)
    func reference(_ group: Group) {
        #expect(!group.pairs.isEmpty)
        for (argument, value) in group.pairs {
            let got = group.name == "binomial" ? binomial(group, argument) : continuous(group, argument)
            expectClose(got, value, "\(group.testDescription) at \(argument)")
        }
    }

    private func continuous(_ group: Group, _ argument: Double) -> Double? {
        let (first, second) = (group.parameters[0], group.parameters[1])
        let distribution: (any ContinuousDistribution)? =
            switch group.name {
            case "normal": Normal(mean: first, standardDeviation: second)
            case "t": StudentT(degreesOfFreedom: first)
            case "f": FisherF(numerator: first, denominator: second)
            case "chi_squared": ChiSquared(degreesOfFreedom: first)
            case "beta": Beta(alpha: first, beta: second)
            default: nil
            }
        return switch group.function {
        case "cdf": distribution?.cdf(argument)
        case "upperTail": distribution?.upperTail(argument)
        case "quantile": distribution?.quantile(argument)
        case "upperQuantile": distribution?.upperQuantile(argument)
        default: nil
        }
    }

    private func binomial(_ group: Group, _ argument: Double) -> Double? {
        let distribution = Binomial(trials: Int(group.parameters[0]), probability: group.parameters[1])
        return group.function == "cdf" ? distribution?.cdf(Int(argument)) : distribution?.upperTail(Int(argument))
    }
}

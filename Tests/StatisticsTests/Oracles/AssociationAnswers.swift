import PlumblineTestSupport
import Statistics
import Testing

/// Our answers about two columns.
enum AssociationAnswers {
    static func answer(to quantity: Oracle.Quantity, _ oracle: Oracle) throws -> [Double]? {
        let file = try #require(quantity.text("file"))
        let (nameOfX, nameOfY) = (try #require(quantity.text("x")), try #require(quantity.text("y")))
        let (x, y) = (try oracle.column(nameOfX, in: file), try oracle.column(nameOfY, in: file))
        switch quantity.name {
        case "n_pairs": return [Double(try Correlation.of(.pearson, x, y).count)]
        case "pearson_r": return [try Correlation.of(.pearson, x, y).value]
        case "pearson_ci_fisher": return limits(try Correlation.of(.pearson, x, y).interval(level: quantity.level))
        case "pearson_p": return single(try Correlation.of(.pearson, x, y).pValue)
        case "spearman_rho": return [try Correlation.of(.spearman, x, y).value]
        case "kendall_tau_b": return [try Correlation.of(.kendall, x, y).value]
        case "kendall_tau_a": return single(Concordance(x, y).tauA)
        case "goodman_kruskal_gamma": return single(Concordance(x, y).gamma)
        case "concordant_discordant":
            let counts = Concordance(x, y)
            return [Double(counts.concordant), Double(counts.discordant)]
        case "polychoric_rho": return [try PolychoricCorrelation(x, y).value]
        default: return nil
        }
    }
}

/// Our answers about resamples whose indices another tool drew.
struct BootstrapAnswers {
    private let oracle: Oracle

    init(_ oracle: Oracle) { self.oracle = oracle }

    func answer(to quantity: Oracle.Quantity) throws -> [Double]? {
        let bootstrap = try bootstrap(quantity)
        switch quantity.name {
        case "bootstrap_se": return [bootstrap.standardError]
        case "bootstrap_bias": return [bootstrap.bias]
        case "bca_z0": return single(bootstrap.biasCorrection)
        case "bca_acceleration": return single(bootstrap.acceleration)
        case "bca_levels": return bootstrap.correctedLevels(level: quantity.level).map { [$0.low, $0.high] } ?? []
        case "bootstrap_ci":
            let word = quantity.text("method")?.split(separator: ",").first.map { $0.lowercased() }
            let method = try #require(word.flatMap(Bootstrap.Method.init))
            return limits(bootstrap.interval(method, level: quantity.level))
        default: return nil
        }
    }

    private func bootstrap(_ quantity: Oracle.Quantity) throws -> Bootstrap {
        let (file, column) = (try #require(quantity.text("file")), try #require(quantity.text("column")))
        let values = Array(try oracle.column(column, in: file).prefix(40))
        let columns = try (1...40).map { try oracle.column("i\($0)", in: "input_resamples.csv") }
        let resamples = columns[0].indices.flatMap { row in columns.map { Int($0[row]) - 1 } }
        let isMean = quantity.text("statistic") == "mean"
        return try Bootstrap(values, resamples: resamples) { isMean ? Descriptives.mean($0) : Quantiles.median($0) }
    }
}

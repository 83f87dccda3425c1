import PlumblineTestSupport
import Statistics
import Testing

@Suite("Scales as R's psych and lavaan compute them")
struct ScaleOracleTests {
    @Test("psych, lavaan: scale-bfi", .enabled(if: Oracle.isPresent("scale-bfi"), Oracle.absenceComment))
    func scale() throws {
        let oracle = try Oracle("scale-bfi")
        let table = try oracle.table("input.csv").mapValues { $0.map { Double($0) ?? .nan } }
        try oracle.expectAll { quantity in
            let answers = try #require(AnswerTable(quantity, table))
            if let answer = counts(quantity, answers) ?? scores(quantity, answers) { return answer }
            let scale = try ScaleReliability(answers, missing: missing(quantity))
            return try items(quantity, scale) ?? reliability(quantity, scale)
        }
    }

    private func missing(_ quantity: Oracle.Quantity) -> MissingAnswers {
        quantity.text("missing").flatMap(MissingAnswers.init) ?? .listwise
    }

    private func counts(_ quantity: Oracle.Quantity, _ answers: AnswerTable) -> [Double]? {
        let moments = (0..<answers.columns).map { Moments(answers.column($0)) }
        switch quantity.name {
        case "n_rows": return [Double(answers.rows)]
        case "n_complete": return [Double(answers.complete().rows)]
        case "n_answered_by_item": return moments.map { Double($0.count) }
        case "item_means": return moments.compactMap(\.mean)
        case "item_sds": return moments.compactMap(\.standardDeviation)
        default: return nil
        }
    }

    private func scores(_ quantity: Oracle.Quantity, _ answers: AnswerTable) -> [Double]? {
        let least = quantity.number("min_answered").map { Int($0) } ?? answers.columns
        let moments = Moments(answers.scores(answeringAtLeast: least))
        switch quantity.name {
        case "person_mean_scored_n": return [Double(moments.count)]
        case "person_mean_mean": return single(moments.mean)
        case "person_mean_sd": return single(moments.standardDeviation)
        default: return nil
        }
    }

    private func items(_ quantity: Oracle.Quantity, _ scale: ScaleReliability) throws -> [Double]? {
        let names = quantity.names("items")
        // The halves are named by items; the second is the rest.
        let half = quantity.names("half1").compactMap { names.firstIndex(of: $0) }
        switch quantity.name {
        case "item_total_r":
            let isCorrected = quantity.arguments["corrected"] as? Bool == true
            return scale.itemTotalCorrelations(isCorrected ? .rest : .total).compactMap(\.self)
        case "alpha_if_item_deleted": return scale.alphaIfDeleted().compactMap(\.self)
        case "split_half_r": return [try scale.splitHalf(half).correlation]
        case "split_half_spearman_brown": return single(try scale.splitHalf(half).spearmanBrown)
        case "split_half_guttman": return [try scale.splitHalf(half).guttman]
        default: return nil
        }
    }

    private func reliability(_ quantity: Oracle.Quantity, _ scale: ScaleReliability) throws -> [Double]? {
        switch quantity.name {
        case "alpha": return [scale.alpha.value]
        case "alpha_ci_feldt": return limits(scale.alpha.interval(level: quantity.level))
        case "alpha_standardized":
            let isRescaled = quantity.text("from")?.contains("rescaled") == true
            return [try scale.standardizedAlpha(from: isRescaled ? .rescaledCovariances : .correlations)]
        case "mean_inter_item_r": return [try scale.meanInterItemCorrelation()]
        case "guttman_lambda2": return [scale.lambda2]
        case "guttman_lambda6": return [try scale.lambda6()]
        case "total_score_sd": return [scale.totalStandardDeviation]
        case "sem": return [scale.standardErrorOfMeasurement]
        case "omega_total_1factor":
            let isMinres = quantity.text("method")?.hasPrefix("minres") == true
            return [try scale.omega(isMinres ? .minimumResidual : .maximumLikelihood)]
        default: return nil
        }
    }
}

extension AnswerTable {
    /// The rows of a group over the items of a scale, reversed where the key says so.
    init?(_ quantity: Oracle.Quantity, _ table: [String: [Double]]) {
        let names = quantity.names("items")
        guard !names.isEmpty, let first = table[names[0]] else { return nil }
        let (group, level) = (quantity.text("group"), quantity.number("level"))
        let rows = first.indices.filter { row in
            guard let group, let level else { return true }
            return table[group]?[row] == level
        }
        let range = quantity.numbers("range")
        self.init(rows: rows.count)
        for name in names {
            let answers = rows.map { table[name]?[$0] ?? .nan }
            append(
                answers.span,
                reversedWithin: quantity.names("reversed").contains(name) ? range[0]...range[1] : nil)
        }
    }
}

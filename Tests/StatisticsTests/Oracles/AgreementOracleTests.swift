import PlumblineTestSupport
import Statistics
import Testing

@Suite("Agreement as R's multilevel and psych compute it")
struct AgreementOracleTests {
    @Test(
        "multilevel: scale-team-agreement",
        .enabled(if: Oracle.isPresent("scale-team-agreement"), Oracle.absenceComment))
    func teams() throws {
        let oracle = try Oracle("scale-team-agreement")
        let table = try oracle.table("input.csv").mapValues { $0.map { Double($0) ?? .nan } }
        try oracle.expectAll { quantity in
            let teams = try Teams(quantity, table)
            return try teams.answer(quantity)
        }
    }

    /// The complete rows of a scale by team, in the order of the teams' numbers.
    private struct Teams {
        let answers: AnswerTable
        let codes: [Int32]
        let names: [Double]
        let categories: Int

        init(_ quantity: Oracle.Quantity, _ table: [String: [Double]]) throws {
            let columns = quantity.names("items").compactMap { table[$0] }
            let group = try #require(quantity.text("group"))
            let team = try #require(table[group])
            let rows = team.indices.filter { row in !team[row].isNaN && columns.allSatisfy { !$0[row].isNaN } }
            names = Set(rows.map { team[$0] }).sorted()
            codes = rows.compactMap { [names] row in names.firstIndex(of: team[row]).map { Int32($0) } }
            var answers = AnswerTable(rows: rows.count)
            for column in columns {
                let kept = rows.map { column[$0] }
                answers.append(kept.span)
            }
            self.answers = answers
            let range = quantity.numbers("range")
            categories = Int(range[1] - range[0]) + 1
        }

        func answer(_ quantity: Oracle.Quantity) throws -> [Double]? {
            let anova = try OneWayAnova(SiteMoments(answers.scores(), sites: codes, siteCount: names.count))
            switch quantity.name {
            case "n_groups": return [Double(anova.sites)]
            case "n_persons": return [Double(anova.count)]
            case "anova_F": return single(anova.ratio)
            case "icc1": return single(anova.icc1(quantity.text("group_size") == "n0" ? .unbiased : .arithmeticMean))
            case "icc2": return single(anova.icc2)
            default: return try agreement(quantity)
            }
        }

        private func agreement(_ quantity: Oracle.Quantity) throws -> [Double]? {
            let item = quantity.text("item").flatMap { quantity.names("items").firstIndex(of: $0) }
            let random = WithinGroupAgreement.uniformVariance(categories: categories)
            let members = names.indices.map { team in codes.indices.filter { codes[$0] == team } }
            let rwg = try members.map { try WithinGroupAgreement(part($0, item)).rwg(randomVariance: random) }
            switch quantity.name {
            case "rwg_j", "rwg_single_item": return firstTwelve(rwg)
            case "rwg_j_mean": return single(Descriptives.mean(rwg))
            case "rwg_j_median": return single(Quantiles.median(rwg))
            case "rwg_j_share_ge_0.70": return [Double(rwg.count { $0 >= 0.7 }) / Double(rwg.count)]
            case "average_deviation_mean":
                return firstTwelve(try members.map { try WithinGroupAgreement(part($0, item)).averageDeviation() })
            case "group_mean":
                let scores = answers.scores()
                return firstTwelve(members.compactMap { rows in Descriptives.mean(rows.map { scores[$0] }) })
            default: return nil
            }
        }

        private func part(_ rows: [Int], _ item: Int?) -> AnswerTable {
            var part = AnswerTable(rows: rows.count)
            for column in 0..<answers.columns where item == nil || item == column {
                let kept = rows.map { answers[$0, column] }
                part.append(kept.span)
            }
            return part
        }

        /// The first twelve teams, in the order of their names as text.
        private func firstTwelve(_ numbers: [Double]) -> [Double] {
            zip(names, numbers).prefix(12).sorted { "\(Int($0.0))" < "\(Int($1.0))" }.map(\.1)
        }
    }

    @Test("psych, krippendorff: interrater", .enabled(if: Oracle.isPresent("interrater"), Oracle.absenceComment))
    func raters() throws {
        let oracle = try Oracle("interrater")
        try oracle.expectAll { quantity in
            let file = try #require(quantity.text("file"))
            let raters = quantity.names("raters").isEmpty ? ["J1", "J2", "J3", "J4"] : quantity.names("raters")
            let columns = try raters.map { try oracle.column($0, in: file) }
            var ratings = AnswerTable(rows: columns[0].count)
            for column in columns { ratings.append(column.span) }
            if quantity.name.hasPrefix("ICC(") { return try intraclass(quantity, ratings) }
            switch quantity.name {
            case "krippendorff_alpha":
                let level = try #require(quantity.text("level").flatMap(KrippendorffAlpha.Level.init))
                return [try KrippendorffAlpha(ratings, level: level).value]
            case "percent_agreement": return [try Kappa(columns[0], columns[1]).agreement]
            case "cohen_kappa": return [try Kappa(columns[0], columns[1]).value]
            case "weighted_kappa":
                let weights = try #require(quantity.text("weights").flatMap(Kappa.Weights.init))
                return [try Kappa(columns[0], columns[1], weights: weights).value]
            default: return nil
            }
        }
    }

    /// "ICC(2,k)" or "ICC(2,k) ci".
    private func intraclass(_ quantity: Oracle.Quantity, _ ratings: AnswerTable) throws -> [Double]? {
        let reliability = try RaterReliability(ratings)
        let name = Array(quantity.name)
        guard let model = Int(String(name[4])).flatMap(RaterReliability.Model.init) else { return nil }
        let unit: RaterReliability.Unit = name[6] == "k" ? .average : .single
        guard quantity.name.hasSuffix("ci") else { return single(reliability.correlation(model, unit)) }
        return limits(reliability.interval(model, unit, level: quantity.level))
    }
}

import LuaSandbox
import Statistics

/// Spread and quantiles of a column whose rows count for more or less.
enum WeightedDistributionVerbs {
    static let verbs: [Verb] = [
        Verb(.weighted, "sd", ColumnEstimates.usingWeights(standardDeviation)),
        Verb(.weighted, "median", ColumnEstimates.usingWeights(median)),
        Verb(.weighted, "quantile", ColumnEstimates.usingWeights(quantile)),
    ]

    /// `weighted:sd()`, `weighted:sd{ weights = "frequency" }`.
    static func standardDeviation(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        let weighted = try ColumnEstimates.weightedColumn(host, arguments, "sd")
        let options = try host.options(arguments, 1, "sd", known: ["weights"])
        let denominator = try host.choice(
            options, "weights", "sd",
            [
                ("reliability", WeightedMoments.Denominator.reliability), ("frequency", .frequency),
                ("population", .population),
            ])
        let moments = ColumnEstimates.moments(weighted, try host.numbers(weighted.column, "sd"))
        return try give(host, weighted) { () throws(Undefined) in
            try requireWeights(moments)
            let deviation = moments.standardDeviation(denominator)
            var computed = Computed(deviation, n: moments.count)
            computed.reason =
                moments.mean == nil
                ? "a weighted standard deviation leaves the range of numbers: the values are infinite or too large"
                : "a weighted standard deviation needs at least two rows with weight"
            return computed
        }
    }

    /// `weighted:median()`.
    static func median(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let weighted = try ColumnEstimates.weightedColumn(host, arguments, "median")
        let options = try host.options(arguments, 1, "median", known: ["rule"])
        return try quantile(host, weighted, at: 0.5, try rule(host, options, "median"), "median")
    }

    /// `weighted:quantile(0.9)`, `weighted:quantile(0.9, { rule = "interpolated" })`.
    static func quantile(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let weighted = try ColumnEstimates.weightedColumn(host, arguments, "quantile")
        let p = try host.number(arguments, 1, "quantile", "a share from 0 to 1, for instance quantile(0.9)")
        guard (0...1).contains(p) else { throw .message("quantile needs a share from 0 to 1, not \(p)") }
        let options = try host.options(arguments, 2, "quantile", known: ["rule"])
        return try quantile(host, weighted, at: p, try rule(host, options, "quantile"), "quantile")
    }

    private static func rule(
        _ host: Evaluation, _ options: LuaTable, _ verb: String
    ) throws(LuaHostError) -> WeightedQuantiles.Rule {
        try host.choice(
            options, "rule", verb, [("inverse", WeightedQuantiles.Rule.inverse), ("interpolated", .interpolated)])
    }

    private static func quantile(
        _ host: Evaluation, _ weighted: WeightedColumn, at p: Double, _ rule: WeightedQuantiles.Rule, _ verb: String
    ) throws(LuaHostError) -> LuaValue {
        let numbers = try host.numbers(weighted.column, verb)
        host.billSort(of: numbers.count)
        let weights = weighted.weights
        let moments = ColumnEstimates.moments(weighted, numbers)
        let found = WeightedQuantiles.quantile(numbers.span, weights: weights.span, at: p, rule: rule)
        let counting = numbers.indices.filter {
            !numbers[$0].isNaN && weights[weights.startIndex + $0 - numbers.startIndex] > 0
        }
        // The lowest or the highest value is an answer of those who gave it.
        let used = counting.map { numbers[$0] }
        let shown = used.count > 2 || found.map(used.contains) == true ? Extremes.behind(found, of: used) : nil
        return try give(host, weighted, showing: shown) { () throws(Undefined) in
            try requireWeights(moments)
            var computed = Computed(found, n: counting.count)
            computed.reason = "a weighted quantile leaves the range of numbers: values or weights are infinite"
            return computed
        }
    }

    private static func requireWeights(_ moments: WeightedMoments) throws(Undefined) {
        guard moments.count > 0 else { throw Undefined("there is no valid value with a weight") }
        guard moments.sumOfWeights != nil else { throw Undefined("the weights are all 0, or infinite") }
    }

    /// What rests on the rows with weight, or on those of them that have the value that is shown.
    private static func give(
        _ host: Evaluation, _ weighted: WeightedColumn, showing shown: Double? = nil,
        _ compute: () throws(Undefined) -> Computed
    ) throws(LuaHostError) -> LuaValue {
        let (numbers, weights) = (weighted.column.data.numbers, weighted.weights)
        return try host.give(
            from: weighted.column.group,
            where: { row in
                let value = numbers[numbers.startIndex + row]
                return !value.isNaN && weights[weights.startIndex + row] > 0 && (shown == nil || value == shown)
            }, compute)
    }
}

package import LuaSandbox

/// Something that scripts can call, bound to what it does. How it is written and what it gives is said once, by the
/// entry of that name in `MeasureLanguage`.
struct Verb: Sendable {
    typealias Handler = @Sendable (Evaluation, borrowing LuaArguments) throws(LuaHostError) -> LuaValue

    /// How it is written and what it does.
    enum Shape: Sendable {
        case call(Handler)
        case rows(Handler)
        case each(Handler)
        case map(count: Handler, element: Handler, result: Handler)
        case cells(one: Handler, block: Handler, text: Handler)
    }

    /// What it is called on; nil for a global function.
    var receiver: ObjectKind?
    var name: String
    var shape: Shape

    var handlers: [Handler] {
        switch shape {
        case .call(let handler), .rows(let handler), .each(let handler): [handler]
        case .map(let count, let element, let result): [count, element, result]
        case .cells(let one, let block, let text): [one, block, text]
        }
    }
}

/// The verbs, and what follows from them.
package enum VerbTable {
    static let verbs: [Verb] =
        groupVerbs + columnVerbs + UnitVerbs.verbs + estimateVerbs + globalFunctions + statistics

    private static let statistics: [Verb] = [
        DistributionVerbs.verbs,
        AssociationVerbs.verbs,
        WeightingVerbs.verbs,
        ReliabilityVerbs.verbs,
        SiteVerbs.verbs,
        EffectVerbs.verbs,
        GraphVerbs.verbs,
        ChartVerbs.verbs,
    ].flatMap(\.self)

    private static let groupVerbs: [Verb] = [
        Verb(.group, "__index", GroupVerbs.index),
        Verb(.group, "column", GroupVerbs.column),
        Verb(.group, "where", GroupVerbs.filtered),
        Verb(receiver: .group, name: "each", shape: .each(GroupVerbs.each)),
        Verb(receiver: .group, name: "rows", shape: .rows(RowVerbs.rows)),
        Verb(.group, "scale", ScaleVerb.scale),
        Verb(.group, "join", Companions.join),
        Verb(.group, "previous", GroupVerbs.previous),
        Verb(.companions, "__index", GroupVerbs.companion),
        Verb(
            receiver: .row, name: "__index",
            shape: .cells(one: RowVerbs.index, block: RowVerbs.block, text: RowVerbs.text)),
        Verb(.row, "why", RowVerbs.why),
    ]

    private static let columnVerbs: [Verb] = [
        Verb(.column, "__index", VerbTable.refuse(.column)),
        Verb(.column, "mean", ColumnEstimates.mean),
        Verb(.column, "sum", ColumnEstimates.sum),
        Verb(.column, "sd", ColumnEstimates.standardDeviation),
        Verb(.column, "min", ColumnEstimates.minimum),
        Verb(.column, "max", ColumnEstimates.maximum),
        Verb(.column, "median", ColumnEstimates.median),
        Verb(.column, "quantile", ColumnEstimates.quantile),
        Verb(.column, "count", ColumnEstimates.count),
        Verb(.column, "distinct", ColumnEstimates.distinct),
        Verb(.column, "share", ColumnEstimates.share),
        Verb(.column, "weighted", ColumnEstimates.weighted),
        Verb(.column, "is", MaskVerbs.isValue),
        Verb(.column, "isin", MaskVerbs.isIn),
        Verb(.column, "fill", ColumnFill.fill),
        Verb(.column, "at_least", MaskVerbs.atLeast),
        Verb(.column, "at_most", MaskVerbs.atMost),
        Verb(.column, "above", MaskVerbs.above),
        Verb(.column, "below", MaskVerbs.below),
        Verb(.column, "between", MaskVerbs.between),
        Verb(.column, "top_box", MaskVerbs.topBox),
        Verb(.column, "valid", MaskVerbs.valid),
        Verb(.column, "missing", MaskVerbs.missing),
        Verb(.column, "values", RowVerbs.values),
        Verb(
            receiver: .column, name: "map",
            shape: .map(count: RowVerbs.mapCount, element: RowVerbs.mapElement, result: RowVerbs.mapResult)),
        Verb(.column, "__add", ColumnArithmetic.add),
        Verb(.column, "__sub", ColumnArithmetic.subtract),
        Verb(.column, "__mul", ColumnArithmetic.multiply),
        Verb(.column, "__div", ColumnArithmetic.divide),
        Verb(.column, "__idiv", ColumnArithmetic.floorDivide),
        Verb(.column, "__mod", ColumnArithmetic.modulo),
        Verb(.column, "__pow", ColumnArithmetic.power),
        Verb(.column, "__unm", ColumnArithmetic.negate),
        Verb(.column, "__band", ColumnArithmetic.and),
        Verb(.column, "__bor", ColumnArithmetic.or),
        Verb(.column, "__bxor", ColumnArithmetic.exclusiveOr),
        Verb(.column, "__bnot", ColumnArithmetic.not),
        Verb(.column, "__lt", ColumnArithmetic.refuseOrder),
        Verb(.column, "__le", ColumnArithmetic.refuseOrder),
        Verb(.column, "__len", ColumnArithmetic.refuseLength),
        Verb(.weighted, "__index", VerbTable.refuse(.weighted)),
        Verb(.weighted, "mean", ColumnEstimates.usingWeights(ColumnEstimates.weightedMean)),
        Verb(.weighted, "share", ColumnEstimates.usingWeights(ColumnEstimates.weightedShare)),
        Verb(.weighted, "sum", ColumnEstimates.usingWeights(ColumnEstimates.weightedSum)),
    ]

    private static let estimateVerbs: [Verb] = [
        Verb(.estimate, "__index", EstimateVerbs.index),
        Verb(.estimate, "__add", EstimateVerbs.add),
        Verb(.estimate, "__sub", EstimateVerbs.subtract),
        Verb(.estimate, "__mul", EstimateVerbs.multiply),
        Verb(.estimate, "__div", EstimateVerbs.divide),
        Verb(.estimate, "__unm", EstimateVerbs.negate),
    ]

    private static let globalFunctions: [Verb] = [
        Verb(nil, "ratio", EstimateVerbs.ratio),
        Verb(nil, "proportion", ProportionVerbs.proportion),
        Verb(nil, "difference", DifferenceVerbs.difference),
        Verb(nil, "insufficient", GlobalFunctions.insufficient),
        Verb(nil, "not_applicable", GlobalFunctions.notApplicable),
        Verb(nil, "missing", GlobalFunctions.missing),
        Verb(nil, "days", GlobalFunctions.days),
    ]

    /// What is said to a script that asks an object for a verb it does not have.
    static func refuse(_ kind: ObjectKind) -> Verb.Handler {
        { (_, arguments) throws(LuaHostError) in
            let name = arguments[1].asString ?? "?"
            let known = verbs.filter { $0.receiver == kind && !$0.name.hasPrefix("__") }.map(\.name)
            throw .message("a \(kind.name) has no verb `\(name)`\(NameSuggestion.near(name, among: known))")
        }
    }

    /// What the numbers of the sandbox's host functions stand for.
    static let handlers: [Verb.Handler] = verbs.flatMap(\.handlers)

    /// The sandbox's view of the table.
    package static let interface: LuaInterface = {
        var bindings: [LuaBinding] = []
        var function: UInt16 = 0
        for verb in verbs {
            let form: LuaBinding.Form =
                switch verb.shape {
                case .call: .plain
                case .rows: .rows(kind: ObjectKind.row.rawValue)
                case .each: .each
                case .map: .map
                case .cells: .cells
                }
            bindings.append(
                LuaBinding(kind: verb.receiver?.rawValue ?? 0, name: verb.name, function: function, form: form))
            function += UInt16(verb.handlers.count)
        }
        return LuaInterface(objectNames: ObjectKind.allCases.map(\.name), bindings: bindings)
    }()
}

extension Verb {
    init(
        _ receiver: ObjectKind?, _ name: String, _ handler: @escaping Handler
    ) {
        self.init(receiver: receiver, name: name, shape: .call(handler))
    }
}

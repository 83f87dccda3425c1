package import LuaSandbox
import LuaSyntax

/// Everything scripts can call, in one place: the sandbox's interface, the linter's catalogue and the documentation are
/// made from this table.
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
    /// The kind of its result, for the linter.
    var result: VerbResult
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
    static let verbs: [Verb] = groupVerbs + columnVerbs + estimateVerbs + globalFunctions

    private static let groupVerbs: [Verb] = [
        Verb(.group, "__index", .value(.unknown), GroupVerbs.index),
        Verb(.group, "column", .value(.column), GroupVerbs.column),
        Verb(.group, "where", .value(.group), GroupVerbs.filtered),
        Verb(receiver: .group, name: "each", result: .iterator([.string, .group]), shape: .each(GroupVerbs.each)),
        Verb(receiver: .group, name: "rows", result: .iterator([.row]), shape: .rows(RowVerbs.rows)),
        Verb(.group, "scale", .value(.column), ScaleVerb.scale),
        Verb(.group, "join", .joined(.group), Companions.join),
        Verb(.group, "previous", .value(.group), GroupVerbs.previous),
        Verb(.companions, "__index", .value(.group), GroupVerbs.companion),
        Verb(
            receiver: .row, name: "__index", result: .value(.unknown),
            shape: .cells(one: RowVerbs.index, block: RowVerbs.block, text: RowVerbs.text)),
        Verb(.row, "why", .value(.string), RowVerbs.why),
    ]

    private static let columnVerbs: [Verb] = [
        Verb(.column, "__index", .value(.unknown), VerbTable.refuse(.column)),
        Verb(.column, "mean", .value(.estimate), ColumnEstimates.mean),
        Verb(.column, "sum", .value(.estimate), ColumnEstimates.sum),
        Verb(.column, "sd", .value(.estimate), ColumnEstimates.standardDeviation),
        Verb(.column, "min", .value(.estimate), ColumnEstimates.minimum),
        Verb(.column, "max", .value(.estimate), ColumnEstimates.maximum),
        Verb(.column, "median", .value(.estimate), ColumnEstimates.median),
        Verb(.column, "quantile", .value(.estimate), ColumnEstimates.quantile),
        Verb(.column, "count", .value(.estimate), ColumnEstimates.count),
        Verb(.column, "distinct", .value(.estimate), ColumnEstimates.distinct),
        Verb(.column, "share", .value(.estimate), ColumnEstimates.share),
        Verb(.column, "weighted", .value(.weighted), ColumnEstimates.weighted),
        Verb(.column, "is", .value(.mask), MaskVerbs.isValue),
        Verb(.column, "isin", .value(.mask), MaskVerbs.isIn),
        Verb(.column, "at_least", .value(.mask), MaskVerbs.atLeast),
        Verb(.column, "at_most", .value(.mask), MaskVerbs.atMost),
        Verb(.column, "above", .value(.mask), MaskVerbs.above),
        Verb(.column, "below", .value(.mask), MaskVerbs.below),
        Verb(.column, "between", .value(.mask), MaskVerbs.between),
        Verb(.column, "top_box", .value(.mask), MaskVerbs.topBox),
        Verb(.column, "valid", .value(.mask), MaskVerbs.valid),
        Verb(.column, "missing", .value(.mask), MaskVerbs.missing),
        Verb(.column, "values", .value(.unknown), RowVerbs.values),
        Verb(
            receiver: .column, name: "map", result: .value(.column),
            shape: .map(count: RowVerbs.mapCount, element: RowVerbs.mapElement, result: RowVerbs.mapResult)),
        Verb(.column, "__add", .value(.column), ColumnArithmetic.add),
        Verb(.column, "__sub", .value(.column), ColumnArithmetic.subtract),
        Verb(.column, "__mul", .value(.column), ColumnArithmetic.multiply),
        Verb(.column, "__div", .value(.column), ColumnArithmetic.divide),
        Verb(.column, "__idiv", .value(.column), ColumnArithmetic.floorDivide),
        Verb(.column, "__mod", .value(.column), ColumnArithmetic.modulo),
        Verb(.column, "__pow", .value(.column), ColumnArithmetic.power),
        Verb(.column, "__unm", .value(.column), ColumnArithmetic.negate),
        Verb(.column, "__band", .value(.mask), ColumnArithmetic.and),
        Verb(.column, "__bor", .value(.mask), ColumnArithmetic.or),
        Verb(.column, "__bxor", .value(.mask), ColumnArithmetic.exclusiveOr),
        Verb(.column, "__bnot", .value(.mask), ColumnArithmetic.not),
        Verb(.column, "__lt", .value(.unknown), ColumnArithmetic.refuseOrder),
        Verb(.column, "__le", .value(.unknown), ColumnArithmetic.refuseOrder),
        Verb(.column, "__len", .value(.unknown), ColumnArithmetic.refuseLength),
        Verb(.weighted, "__index", .value(.unknown), VerbTable.refuse(.weighted)),
        Verb(.weighted, "mean", .value(.estimate), ColumnEstimates.weightedMean),
        Verb(.weighted, "share", .value(.estimate), ColumnEstimates.weightedShare),
        Verb(.weighted, "sum", .value(.estimate), ColumnEstimates.weightedSum),
    ]

    private static let estimateVerbs: [Verb] = [
        Verb(.estimate, "__index", .value(.unknown), EstimateVerbs.index),
        Verb(.estimate, "__add", .value(.estimate), EstimateVerbs.add),
        Verb(.estimate, "__sub", .value(.estimate), EstimateVerbs.subtract),
        Verb(.estimate, "__mul", .value(.estimate), EstimateVerbs.multiply),
        Verb(.estimate, "__div", .value(.estimate), EstimateVerbs.divide),
        Verb(.estimate, "__unm", .value(.estimate), EstimateVerbs.negate),
    ]

    private static let globalFunctions: [Verb] = [
        Verb(nil, "ratio", .value(.estimate), EstimateVerbs.ratio),
        Verb(nil, "proportion", .value(.estimate), EstimateVerbs.proportion),
        Verb(nil, "difference", .value(.estimate), EstimateVerbs.difference),
        Verb(nil, "insufficient", .value(.estimate), GlobalFunctions.insufficient),
        Verb(nil, "not_applicable", .value(.estimate), GlobalFunctions.notApplicable),
        Verb(nil, "missing", .value(.unknown), GlobalFunctions.missing),
        Verb(nil, "days", .value(.number), GlobalFunctions.days),
    ]

    /// What is said to a script that asks an object for a verb it does not have.
    private static func refuse(_ kind: ObjectKind) -> Verb.Handler {
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
        _ receiver: ObjectKind?, _ name: String, _ result: VerbResult,
        _ handler: @escaping Handler
    ) {
        self.init(receiver: receiver, name: name, result: result, shape: .call(handler))
    }
}

import LuaSandbox
import MeasureModel
import Statistics

/// Whether a change made a difference: effect sizes, difference in differences, interrupted series, survival.
enum EffectVerbs {
    static let verbs: [Verb] =
        EffectSizeVerbs.verbs + PrintedEffectVerbs.verbs + RegressionVerbs.verbs + PanelVerbs.verbs
        + SurvivalVerbs.verbs
}

extension Evaluation {
    /// Gives what compares parts of a group: it rests on the part with the fewest persons, for the others tell of it.
    func give(
        from group: GroupView, comparing parts: [(Int) -> Bool], _ compute: () throws(Undefined) -> Computed
    ) throws(LuaHostError) -> LuaValue {
        var fewest: (persons: Int, isBehind: (Int) -> Bool)?
        for part in parts {
            guard let persons = try personsIfAny(group, where: part) else { continue }
            if persons < fewest?.persons ?? .max { fewest = (persons, part) }
        }
        return try give(from: group, where: fewest?.isBehind ?? { _ in false }, compute)
    }
}

import LuaSandbox
import Statistics

/// Whether a change made a difference: effect sizes, difference in differences, interrupted series, survival.
enum EffectVerbs {
    static let verbs: [Verb] = []
}

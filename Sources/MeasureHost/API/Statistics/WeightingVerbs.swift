import LuaSandbox
import Statistics

/// Proportions, rates and weighted surveys.
enum WeightingVerbs {
    static let verbs: [Verb] =
        ProportionVerbs.verbs + DifferenceVerbs.verbs + ResponseVerbs.verbs + DesignVerbs.verbs
        + WeightAdjustmentVerbs.verbs
}

import LuaSandbox
import Statistics

/// Counts, proportions, rates, and surveys whose rows stand for others: weights, designs, nonresponse.
enum WeightingVerbs {
    static let verbs: [Verb] = []
}

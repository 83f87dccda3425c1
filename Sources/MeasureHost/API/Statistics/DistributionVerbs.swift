import LuaSandbox
import Statistics

/// What a column's values are like: spread, shape, robust and resampled estimates.
enum DistributionVerbs {
    static let verbs: [Verb] = []
}

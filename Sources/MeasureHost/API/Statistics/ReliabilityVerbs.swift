import LuaSandbox
import Statistics

/// What a scale is worth: alpha, omega, items, and whether raters and team members agree.
enum ReliabilityVerbs {
    static let verbs: [Verb] = []
}

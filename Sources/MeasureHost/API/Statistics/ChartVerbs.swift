import LuaSandbox
import Statistics

/// Values in time order: run charts and control charts.
enum ChartVerbs {
    static let verbs: [Verb] = []
}

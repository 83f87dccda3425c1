import LuaSandbox
import Statistics

/// Who is connected with whom.
enum GraphVerbs {
    static let verbs: [Verb] = []
}

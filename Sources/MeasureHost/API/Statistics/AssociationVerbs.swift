import LuaSandbox
import Statistics

/// How two columns go together, and how one changed: correlation, agreement of ranks, before and after.
enum AssociationVerbs {
    static let verbs: [Verb] = []
}

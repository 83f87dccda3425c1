import LuaSandbox
import Statistics

/// What lies between sites: variance components, shrunken estimates, funnels.
enum SiteVerbs {
    static let verbs: [Verb] = []
}

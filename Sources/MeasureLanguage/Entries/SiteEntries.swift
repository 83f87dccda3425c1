import LuaSyntax

extension MeasureLanguage {
    /// What lies between sites: variance components, shrunken estimates, funnels.
    static let sites: [LanguageEntry] = []
}

import LuaSyntax

extension MeasureLanguage {
    /// How two columns go together, and how one changed: correlation, agreement of ranks, before and after.
    static let associations: [LanguageEntry] = []
}

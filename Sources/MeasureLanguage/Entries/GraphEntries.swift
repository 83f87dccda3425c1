import LuaSyntax

extension MeasureLanguage {
    /// Who is connected with whom.
    static let graphs: [LanguageEntry] = []
}

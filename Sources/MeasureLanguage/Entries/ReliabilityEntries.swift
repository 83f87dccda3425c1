import LuaSyntax

extension MeasureLanguage {
    /// What a scale is worth: alpha, omega, items, and whether raters and team members agree.
    static let reliability: [LanguageEntry] = []
}

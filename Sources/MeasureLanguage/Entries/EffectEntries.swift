import LuaSyntax

extension MeasureLanguage {
    /// Whether a change made a difference: effect sizes, difference in differences, interrupted series, survival.
    static let effects: [LanguageEntry] = []
}

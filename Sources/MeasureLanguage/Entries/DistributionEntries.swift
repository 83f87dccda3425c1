import LuaSyntax

extension MeasureLanguage {
    /// What a column's values are like: spread, shape, robust and resampled estimates.
    static let distributions: [LanguageEntry] = []
}

import LuaSyntax

extension MeasureLanguage {
    /// Values in time order: run charts and control charts.
    static let charts: [LanguageEntry] = []
}

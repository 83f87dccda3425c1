import LuaSyntax

extension MeasureLanguage {
    /// Counts, proportions, rates, and surveys whose rows stand for others: weights, designs, nonresponse.
    static let weighting: [LanguageEntry] = []
}

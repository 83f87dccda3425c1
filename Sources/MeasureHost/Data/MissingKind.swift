import MeasureModel

/// Why a value is missing. Where values that are missing for different reasons meet, the larger wins.
enum MissingKind: UInt8, CaseIterable {
    case skipped = 1
    case notApplicable = 2
    case notAsked = 3
    case notLoaded = 4

    /// The name in companion columns, in tests and for `r:why`.
    var name: String {
        switch self {
        case .skipped: "skipped"
        case .notApplicable: "not_applicable"
        case .notAsked: "not_asked"
        case .notLoaded: "not_loaded"
        }
    }

    init?(name: String) {
        guard let kind = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = kind
    }

    /// The suffix of the companion column that says why values of a column are missing.
    static let companionSuffix = HostColumns.missingSuffix
}

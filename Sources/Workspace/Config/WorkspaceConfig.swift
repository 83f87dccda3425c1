public import MeasureModel

/// What `plumbline.yaml` says.
public struct WorkspaceConfig: Equatable, Sendable {
    /// The hub that leads the networks.
    public var hub = ""
    /// The IANA name of the time zone in which days begin.
    public var timeZone = "UTC"
    /// When school years, quarters and weeks begin.
    public var calendar = CalendarRules()
    /// The networks, in order of their ids.
    public var networks: [Network] = []
    /// The dated calendar of waves, in order of time.
    public var waves: [Wave] = []
    /// Parents of dimensions: `school` is in `district`.
    public var parents: [String: String] = [:]
    /// The dimensions that the file declares, in order of their names.
    public var declaredDimensions: [String] = []
    /// The datasets, in order of their names.
    public var datasets: [DatasetConfig] = []
    /// What disclosure control asks of each data class.
    public var privacy: [String: PrivacyRule] = [:]
    /// Hub measures that may look at single rows.
    public var rowAccess: [String] = []
    /// Patterns of measures that the public may see.
    public var publicShare: [String] = []
    /// Settings of measures.
    public var measures: [String: MeasureSettings] = [:]
    /// What a measure may use.
    public var limits = EvaluationLimits()
    /// What to do where the system refuses workers a protection; nil where the file does not say.
    public var sandbox: SandboxPolicy?
    /// Whose plugins may run here.
    public var plugins = PluginSettings()

    /// Whose plugins may run here, and where new ones are looked for.
    public struct PluginSettings: Equatable, Sendable {
        /// Whether a plugin of somebody else must be signed.
        public var requiresSignatures = true
        /// The file of keys that may sign, in the workspace.
        public var allowedSigners = "allowed_signers"
        /// The file of keys that may sign no more.
        public var revokedKeys = "revoked_keys"
        /// The registry of plugins that are added without another: an address or a folder.
        public var registry: String?
    }

    /// A network that the hub leads.
    public struct Network: Equatable, Sendable {
        /// Its id.
        public var id: String
        /// Patterns of its own measures that the hub's feed may show.
        public var share: [String]
        /// Settings of its own measures.
        public var measures: [String: MeasureSettings]
        /// The response rate below which its numbers are flagged, instead of the dataset's.
        public var responseThreshold: Double?
    }

    /// A wave of a survey.
    public struct Wave: Equatable, Sendable {
        /// Its id.
        public var id: String
        /// Its first day as text; see ``PeriodCalendar``.
        public var start: String
        /// The day after its last.
        public var end: String
    }

    /// When calendar units begin.
    public struct CalendarRules: Equatable, Sendable {
        /// Month and day on which a school year begins.
        public var schoolYear = MonthDay(month: 7, day: 1)
        /// Month and day on which a first quarter begins.
        public var quarter = MonthDay(month: 1, day: 1)
        /// 1 for Monday to 7 for Sunday.
        public var firstWeekday = 1

        /// A day of every year.
        public struct MonthDay: Equatable, Sendable {
            /// 1 to 12.
            public var month: Int
            /// 1 to 28.
            public var day: Int
        }
    }

    /// The least number of persons behind a published number.
    public struct PrivacyRule: Equatable, Sendable {
        /// Cells with fewer persons are hidden.
        public var minimum: Int
        /// Raised when the rule changes; shown in provenance.
        public var version: Int
    }

    /// What a workspace says about a measure.
    public struct MeasureSettings: Equatable, Sendable {
        /// Whether it runs.
        public var isEnabled = true
        /// The preset whose values replace the defaults.
        public var preset: String?
        /// Values that replace those.
        public var params: [ParameterValue] = []
        /// Its own limits.
        public var limits: EvaluationLimits?
        /// Where its charts start anew, in order of time.
        public var phases: [ChartPhaseStart] = []

        /// Nothing set.
        public init() {}
    }

    /// A day on which charts start anew, with a centre line and limits of their own.
    public struct ChartPhaseStart: Equatable, Sendable {
        /// The day as text: the first period that begins on it or later is the first of the phase.
        public var start: String
        /// Why, for everybody who sees the chart.
        public var reason: String
        /// Dimensions and values of the series that it is about; all series where it is empty.
        public var group: [String: String]

        /// A start of a phase.
        public init(start: String, reason: String, group: [String: String] = [:]) {
            self.start = start
            self.reason = reason
            self.group = group
        }

        /// Whether it is about the series of these keys.
        public func concerns(_ key: GroupKey) -> Bool { group.allSatisfy { key[$0.key] == $0.value } }
    }

    /// An empty configuration.
    public init() {}
}

/// What the workspace says about a dataset.
public struct DatasetConfig: Equatable, Sendable {
    /// Its name.
    public var name: String
    /// Its data class.
    public var dataClass: String
    /// How its persons are counted.
    public var persons: PersonRule
    /// Columns that name persons beside the one that counts.
    public var personColumns: [String]
    /// The column that says when a row was.
    public var periodColumn: String?
    /// What that column's values are: days, or labels of a period.
    public var periodKind: PeriodKind
    /// Columns with the first and last day on which a row was true.
    public var validFrom: String?
    /// See ``validFrom``.
    public var validTo: String?
    /// The codebook's path in the workspace.
    public var codebook: String?
    /// Columns that tell rows apart.
    public var keys: [String]
    /// What a row counts, as the feed names it.
    public var unitCounted: String
    /// Who was to answer, of a survey.
    public var response: ResponseRule?

    /// Who was to answer a survey, and how many must.
    public struct ResponseRule: Equatable, Sendable {
        /// The dataset whose rows name those who were to answer, for instance the roster.
        public var eligible: String
        /// The rate below which numbers are flagged `low_response`; none where the file sets none.
        public var threshold: Double?
    }

    /// A dataset.
    public init(
        name: String, dataClass: String, persons: PersonRule, personColumns: [String] = [],
        periodColumn: String? = nil, periodKind: PeriodKind = .day, validFrom: String? = nil, validTo: String? = nil,
        codebook: String? = nil, keys: [String] = [], unitCounted: String = "rows", response: ResponseRule? = nil
    ) {
        self.name = name
        self.dataClass = dataClass
        self.persons = persons
        self.personColumns = personColumns
        self.periodColumn = periodColumn
        self.periodKind = periodKind
        self.validFrom = validFrom
        self.validTo = validTo
        self.codebook = codebook
        self.keys = keys
        self.unitCounted = unitCounted
        self.response = response
    }
}

extension WorkspaceConfig {
    /// A network by its id.
    public func network(_ id: String) -> Network? {
        networks.first { $0.id == id }
    }

    /// Settings of all measures by their full ids, in order.
    public var allMeasureSettings: [(id: String, settings: MeasureSettings)] {
        let own = networks.flatMap { network in
            network.measures.map { (id: "\(network.id)/\($0.key)", settings: $0.value) }
        }
        return (measures.map { (id: $0.key, settings: $0.value) } + own).sorted { $0.id < $1.id }
    }

    /// The response rate below which numbers of a dataset are flagged, in a network or in all together.
    public func responseThreshold(of dataset: String, in network: String?) -> Double? {
        guard let rule = self.dataset(dataset)?.response else { return nil }
        return network.flatMap { self.network($0)?.responseThreshold } ?? rule.threshold
    }

    /// The datasets that a result over one of them rests on: beside those that a measure names, that of the persons who
    /// were to answer.
    public func datasetsRead(from: String, with: [String]) -> [String] {
        let named = [from] + with
        return named + [dataset(from)?.response?.eligible].compactMap(\.self).filter { !named.contains($0) }
    }

    /// A dataset by its name.
    public func dataset(_ name: String) -> DatasetConfig? {
        datasets.first { $0.name == name }
    }

    /// Dimensions with all their ancestors, in the order of keys. A district, a school and a team belong to something
    /// even where the file does not say so.
    public func withAncestors(_ dimensions: [String]) -> [String] {
        var all: Set<String> = []
        for dimension in dimensions {
            var current: String? = dimension
            while let name = current, all.insert(name).inserted { current = parent(of: name) }
        }
        return GroupKey.ordered(all)
    }

    /// All dimensions there are: those that every workspace has, and those that it declares.
    public var dimensions: [String] {
        GroupKey.ordered(Set(GroupKey.standardDimensions + declaredDimensions + parents.values))
    }

    private func parent(of dimension: String) -> String? {
        if let declared = parents[dimension] { return declared }
        switch dimension {
        case "school": return "district"
        case "district", "team": return "network"
        default: return nil
        }
    }

    /// Whether a measure's id matches one of the patterns: `*`, `team.*`, or an id.
    public static func matches(_ id: String, _ patterns: [String]) -> Bool {
        patterns.contains { pattern in
            pattern.hasSuffix("*") ? id.hasPrefix(pattern.dropLast()) : id == pattern
        }
    }
}

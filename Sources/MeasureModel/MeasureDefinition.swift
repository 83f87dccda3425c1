/// What a measure file says about itself, checked. The functions stay in the file.
public struct MeasureDefinition: Equatable, Sendable {
    /// `team.safety`: lower-case words joined by dots.
    public var id: String
    /// `1.0.0`.
    public var version: String
    /// A short name for people.
    public var title: String
    /// The question it answers.
    public var question: String?
    /// Which part of a network's health or work it is about.
    public var domain: Domain
    /// What kind of measure it is.
    public var type: Kind
    /// Which way is better; nil where neither is.
    public var direction: Direction?
    /// What the value counts: `points`, `proportion`, `days`, ...
    public var unit: String
    /// Where the definition comes from.
    public var source: String?
    /// The dataset whose rows `value` sees.
    public var from: String
    /// Further datasets it may look into.
    public var with: [String]
    /// The columns of `from` it reads; nil when it does not say.
    public var columns: [String]?
    /// The groupings, each a list of dimensions; an empty list is everything together.
    public var by: [[String]]
    /// The period it is evaluated for.
    public var every: PeriodKind
    /// Its parameters in order of their names.
    public var params: [Parameter]
    /// Named sets of parameters, in order of their names.
    public var presets: [Preset]
    /// How its series are charted; nil where they are not.
    public var chart: Chart?
    /// Which form it is written in.
    public var form: Form
    /// Names of the tests inside the file.
    public var tests: [String]
    /// Lines of the file's fields, and of the texts in its lists (`columns.safety_1`), for messages.
    public var lines: [String: Int]

    /// The domains of the field (see the documentation of the feed).
    public enum Domain: String, Sendable, CaseIterable {
        case hub, roles, improvement
        case withinTeam = "within_team"
        case acrossTeams = "across_teams"
        case culture, environment, pdsa, spread, outcome, impact, quality
    }

    /// The kinds of measures in improvement work.
    public enum Kind: String, Sendable, CaseIterable {
        case outcome, driver, process, balancing, pdsa, quality
    }

    /// Which way is better.
    public enum Direction: String, Sendable, CaseIterable {
        case higher, lower
    }

    /// How the file computes.
    public enum Form: String, Sendable {
        /// One function of the group.
        case value
        /// `init`, `step`, `merge`, `finish` over rows.
        case mergeable
    }

    /// A chart of each series, computed by the host from what was published.
    public struct Chart: Equatable, Sendable {
        /// The kind of chart, by its name in the feed.
        public var kind: String
        /// The rule set that judges it, by its name in the feed.
        public var rules: String
        /// How many periods from the start of a phase set its centre line and limits; nil for all.
        public var baseline: Int?

        /// A chart.
        public init(kind: String, rules: String, baseline: Int? = nil) {
            self.kind = kind
            self.rules = rules
            self.baseline = baseline
        }
    }

    /// A number that can be set per workspace and per network.
    public struct Parameter: Equatable, Sendable {
        /// Its name.
        public var name: String
        /// Its value when nobody sets it.
        public var standard: Double
        /// The least it may be.
        public var minimum: Double?
        /// The most it may be.
        public var maximum: Double?
        /// What it means.
        public var about: String?

        /// A parameter.
        public init(
            name: String, standard: Double, minimum: Double? = nil, maximum: Double? = nil, about: String? = nil
        ) {
            self.name = name
            self.standard = standard
            self.minimum = minimum
            self.maximum = maximum
            self.about = about
        }

        /// Whether a value lies within the bounds.
        public func allows(_ value: Double) -> Bool {
            value.isFinite && value >= minimum ?? -.infinity && value <= maximum ?? .infinity
        }
    }

    /// Values for some parameters, under a name.
    public struct Preset: Equatable, Sendable {
        /// Its name.
        public var name: String
        /// Parameters and their values, in order of their names.
        public var values: [ParameterValue]

        /// A preset.
        public init(name: String, values: [ParameterValue]) {
            self.name = name
            self.values = values
        }
    }

    /// A definition.
    public init(
        id: String, version: String, title: String, question: String? = nil, domain: Domain, type: Kind,
        direction: Direction? = nil, unit: String, source: String? = nil, from: String, with: [String] = [],
        columns: [String]? = nil, by: [[String]] = [[]], every: PeriodKind = .all, params: [Parameter] = [],
        presets: [Preset] = [], chart: Chart? = nil, form: Form = .value, tests: [String] = [],
        lines: [String: Int] = [:]
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.question = question
        self.domain = domain
        self.type = type
        self.direction = direction
        self.unit = unit
        self.source = source
        self.from = from
        self.with = with
        self.columns = columns
        self.by = by
        self.every = every
        self.params = params
        self.presets = presets
        self.chart = chart
        self.form = form
        self.tests = tests
        self.lines = lines
    }
}

/// One parameter with its value.
public struct ParameterValue: Hashable, Sendable {
    /// The parameter's name.
    public var name: String
    /// Its value.
    public var value: Double

    /// A parameter with its value.
    public init(name: String, value: Double) {
        self.name = name
        self.value = value
    }
}

extension MeasureDefinition {
    /// The columns of `from` that the script may name: those it declares and the dimensions it is grouped by, in every
    /// grouping; nil when it declares none and may name all.
    public var readableColumns: [String]? {
        columns.map { declared in
            declared + Set(by.flatMap(\.self)).subtracting(declared).sorted()
        }
    }

    /// All parameters with their values: the defaults, replaced by what is given, later values winning.
    ///
    /// - Throws: ``Failure`` when a parameter is unknown or out of bounds.
    public func params(with overrides: [ParameterValue]) throws(Failure) -> [ParameterValue] {
        var values = params.map { ParameterValue(name: $0.name, value: $0.standard) }
        for override in overrides {
            guard let index = params.firstIndex(where: { $0.name == override.name }) else {
                let known = params.isEmpty ? "no parameters" : "only " + params.map(\.name).joined(separator: ", ")
                throw Failure(.refused, "the measure \(id) has no parameter `\(override.name)`: it has \(known)")
            }
            guard override.value.isFinite else {
                throw Failure(.refused, "the parameter `\(override.name)` of \(id) must be a finite number")
            }
            guard params[index].allows(override.value) else {
                let bounds = [
                    params[index].minimum.map { "at least \(JSON.text(of: $0))" },
                    params[index].maximum.map { "at most \(JSON.text(of: $0))" },
                ]
                throw Failure(
                    .refused,
                    "the parameter `\(override.name)` of \(id) must be \(bounds.compactMap(\.self).joined(separator: " and ")), "
                        + "not \(JSON.text(of: override.value))")
            }
            values[index].value = override.value
        }
        return values
    }
}

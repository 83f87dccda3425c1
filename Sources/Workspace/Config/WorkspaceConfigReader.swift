import CivilCalendar
import Configuration
import Foundation
import MeasureModel
import Spelling

/// Reads `plumbline.yaml`.
struct WorkspaceConfigReader {
    static let fileName = "plumbline.yaml"

    static func read(_ text: String) throws(ConfigError) -> WorkspaceConfig {
        let root = try ConfigNode.parse(text, file: fileName)
        let fields = try root.fields(known: [
            "hub", "time_zone", "calendar", "networks", "waves", "dimensions", "datasets", "privacy", "row_access",
            "public", "measures", "limits", "sandbox", "plugins",
        ])
        var config = WorkspaceConfig()
        guard let hub = fields["hub"] else { throw root.failure("\(fileName) must say which `hub` it is for") }
        config.hub = try identifier(hub)
        if let limits = fields["limits"] { config.limits = try self.limits(limits, over: config.limits) }
        if let zone = fields["time_zone"] { config.timeZone = try zone.timeZone() }
        if let calendar = fields["calendar"] { config.calendar = try self.calendar(calendar) }
        if let networks = fields["networks"] { config.networks = try self.networks(networks, config.limits) }
        if let waves = fields["waves"] { config.waves = try self.waves(waves) }
        if let dimensions = fields["dimensions"] {
            config.declaredDimensions = try dimensions.fields().map(\.name).sorted()
            config.parents = try parents(dimensions)
        }
        if let datasets = fields["datasets"] { config.datasets = try self.datasets(datasets) }
        if let privacy = fields["privacy"] { config.privacy = try self.privacy(privacy) }
        if let access = fields["row_access"] { config.rowAccess = try access.texts() }
        if let open = fields["public"] {
            config.publicShare = try open.fields(known: ["share"])["share"]?.texts() ?? []
        }
        if let measures = fields["measures"] { config.measures = try self.measures(measures, config.limits) }
        if let sandbox = fields["sandbox"] { config.sandbox = try sandbox.choice(SandboxPolicy.self) }
        if let plugins = fields["plugins"] { config.plugins = try PluginSettingsReader.read(plugins) }
        try checkClasses(config, fields["datasets"] ?? root)
        try checkEligible(config, fields["datasets"] ?? root)
        return config
    }

    /// A name that may stand in keys and paths.
    private static func identifier(_ node: ConfigNode) throws(ConfigError) -> String {
        let name = try node.text()
        try checkIdentifier(name, node)
        return name
    }

    private static func checkIdentifier(_ name: String, _ node: ConfigNode) throws(ConfigError) {
        let isPlain = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
        guard isPlain, !name.isEmpty, name.utf8.count <= 64 else {
            throw node.failure("`\(name)` cannot be an id: use lower-case letters, digits, - and _")
        }
    }

    private static func calendar(_ node: ConfigNode) throws(ConfigError) -> WorkspaceConfig.CalendarRules {
        let fields = try node.fields(known: ["school_year", "quarter", "week"])
        var rules = WorkspaceConfig.CalendarRules()
        if let start = fields["school_year"] { rules.schoolYear = try monthDay(start) }
        if let start = fields["quarter"] { rules.quarter = try monthDay(start) }
        if let week = fields["week"] {
            let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
            guard let index = days.firstIndex(of: try week.text()) else {
                throw week.failure("`calendar.week` is the day on which weeks begin, such as monday")
            }
            rules.firstWeekday = index + 1
        }
        return rules
    }

    private static func monthDay(_ node: ConfigNode) throws(ConfigError) -> WorkspaceConfig.CalendarRules.MonthDay {
        let texts = try node.text().split(separator: "-", omittingEmptySubsequences: false)
        let parts = texts.compactMap { Int($0) }
        guard texts.count == 2, parts.count == 2, (1...12).contains(parts[0]), (1...28).contains(parts[1]) else {
            throw node.failure("`\(node.path)` is a month and a day up to 28, such as 07-01")
        }
        return .init(month: parts[0], day: parts[1])
    }

    private static func networks(
        _ node: ConfigNode, _ limits: EvaluationLimits
    ) throws(ConfigError) -> [WorkspaceConfig.Network] {
        var networks: [WorkspaceConfig.Network] = []
        for (id, value) in try node.fields() {
            try checkIdentifier(id, value)
            let fields = try value.fields(known: ["share", "measures", "response_threshold"])
            networks.append(
                .init(
                    id: id, share: try fields["share"]?.texts() ?? [],
                    measures: try fields["measures"].map { (node) throws(ConfigError) in
                        try measures(node, limits)
                    } ?? [:], responseThreshold: try fields["response_threshold"].map(rate))
            )
        }
        return networks.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    }

    private static func waves(_ node: ConfigNode) throws(ConfigError) -> [WorkspaceConfig.Wave] {
        var waves: [WorkspaceConfig.Wave] = []
        for element in try node.list() {
            let fields = try element.fields(known: ["id", "start", "end"])
            guard let id = fields["id"], let start = fields["start"], let end = fields["end"] else {
                throw element.failure("a wave is written { id: 2024-fall, start: 2024-09-01, end: 2024-12-20 }")
            }
            let wave = WorkspaceConfig.Wave(id: try id.text(), start: try date(start), end: try date(end))
            guard wave.start < wave.end else { throw element.failure("the wave `\(wave.id)` ends before it starts") }
            guard !waves.contains(where: { $0.id == wave.id }) else {
                throw element.failure("the wave `\(wave.id)` comes twice")
            }
            guard !waves.contains(where: { $0.start < wave.end && wave.start < $0.end }) else {
                throw element.failure("the wave `\(wave.id)` overlaps another")
            }
            waves.append(wave)
        }
        return waves.sorted { $0.start < $1.start }
    }

    private static func date(_ node: ConfigNode) throws(ConfigError) -> String {
        guard let date = CivilDate(try node.text()) else {
            throw node.failure("`\(node.path)` must be a date such as 2024-09-01")
        }
        return date.description
    }

    private static func parents(_ node: ConfigNode) throws(ConfigError) -> [String: String] {
        var parents: [String: String] = [:]
        for (name, value) in try node.fields() {
            let fields = try value.fields(known: ["in"])
            if let parent = fields["in"] { parents[name] = try parent.text() }
        }
        for start in parents.keys.sorted() {
            var seen: Set<String> = [start]
            var current = parents[start]
            while let name = current {
                guard seen.insert(name).inserted else {
                    throw node.failure("the dimension `\(start)` is inside itself")
                }
                current = parents[name]
            }
        }
        return parents
    }

    private static func datasets(_ node: ConfigNode) throws(ConfigError) -> [DatasetConfig] {
        var datasets: [DatasetConfig] = []
        for (name, value) in try node.fields() {
            try checkIdentifier(name, value)
            datasets.append(try dataset(name, value))
        }
        return datasets.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private static func dataset(_ name: String, _ node: ConfigNode) throws(ConfigError) -> DatasetConfig {
        let fields = try node.fields(known: [
            "class", "person", "persons", "person_columns", "period", "valid", "codebook", "keys", "n_kind", "response",
        ])
        guard let dataClass = fields["class"] else { throw node.failure("the dataset `\(name)` needs a `class`") }
        let period = try fields["period"]?.fields(known: ["column", "kind"])
        let valid = try fields["valid"]?.fields(known: ["from", "to"])
        if let valid, valid["from"] == nil { throw node.failure("`valid` of `\(name)` needs `from`") }
        if let period, period["column"] == nil { throw node.failure("`period` of `\(name)` needs a `column`") }
        if let kind = try period?["kind"]?.choice(PeriodKind.self), kind == .all {
            throw node.failure("`period.kind` of `\(name)` says what its column names: a day, a wave, a month, ...")
        }
        let persons = try persons(name, node, fields)
        var personColumns = try fields["person_columns"]?.texts() ?? []
        if case .column(let column) = persons, !personColumns.contains(column) { personColumns.insert(column, at: 0) }
        return DatasetConfig(
            name: name, dataClass: try identifier(dataClass), persons: persons, personColumns: personColumns,
            periodColumn: try period?["column"]?.text(),
            periodKind: try period?["kind"]?.choice(PeriodKind.self) ?? .day,
            validFrom: try valid?["from"]?.text(), validTo: try valid?["to"]?.text(),
            codebook: try fields["codebook"]?.text(), keys: try fields["keys"]?.texts() ?? [],
            unitCounted: try fields["n_kind"]?.text() ?? "rows", response: try fields["response"].map(response))
    }

    private static func persons(
        _ name: String, _ node: ConfigNode, _ fields: [String: ConfigNode]
    ) throws(ConfigError) -> PersonRule {
        if let person = fields["person"] {
            guard fields["persons"] == nil else { throw person.failure("`\(name)` has both `person` and `persons`") }
            let column = try person.text()
            return column == "row" ? .row : .column(column)
        }
        guard let persons = fields["persons"] else {
            throw node.failure(
                "the dataset `\(name)` must say who its persons are: `person: column`, `person: row` for anonymous "
                    + "rows, or `persons: { count: column, of: [columns] }`")
        }
        let parts = try persons.fields(known: ["count", "of"])
        guard let count = parts["count"], let sites = parts["of"] else {
            throw persons.failure("`persons` is written { count: denominator, of: [school] }")
        }
        return .counts(count: try count.text(), sites: try sites.texts())
    }

    private static func privacy(_ node: ConfigNode) throws(ConfigError) -> [String: WorkspaceConfig.PrivacyRule] {
        var rules: [String: WorkspaceConfig.PrivacyRule] = [:]
        for (name, value) in try node.fields() {
            let fields = try value.fields(known: ["minimum", "version"])
            guard let minimum = fields["minimum"] else { throw value.failure("`privacy.\(name)` needs a `minimum`") }
            let persons = try minimum.whole()
            guard persons >= 1 else { throw minimum.failure("`privacy.\(name).minimum` is at least 1") }
            rules[name] = .init(minimum: persons, version: try fields["version"]?.whole() ?? 1)
        }
        return rules
    }

    /// Data whose class has no rule would be published unguarded.
    private static func response(_ node: ConfigNode) throws(ConfigError) -> DatasetConfig.ResponseRule {
        let fields = try node.fields(known: ["eligible", "threshold"])
        guard let eligible = fields["eligible"] else {
            throw node.failure(
                "`\(node.path)` needs `eligible`: the dataset whose rows name those who were to answer, such as roster")
        }
        return .init(eligible: try eligible.text(), threshold: try fields["threshold"].map(rate))
    }

    private static func rate(_ node: ConfigNode) throws(ConfigError) -> Double {
        let rate = try node.number()
        guard (0...1).contains(rate) else { throw node.failure("`\(node.path)` is a rate from 0 to 1, such as 0.5") }
        return rate
    }

    private static func checkEligible(_ config: WorkspaceConfig, _ node: ConfigNode) throws(ConfigError) {
        for dataset in config.datasets {
            guard let eligible = dataset.response?.eligible, config.dataset(eligible) == nil else { continue }
            let near = DidYouMean.nearest(to: eligible, among: config.datasets.map(\.name))
            throw node.failure(
                "`response.eligible` of `\(dataset.name)` names the dataset `\(eligible)`, which is not there"
                    + (near.map { "; did you mean `\($0)`?" } ?? ""))
        }
    }

    private static func checkClasses(_ config: WorkspaceConfig, _ node: ConfigNode) throws(ConfigError) {
        for dataset in config.datasets where config.privacy[dataset.dataClass] == nil {
            throw node.failure(
                "the dataset `\(dataset.name)` has the class `\(dataset.dataClass)`, for which `privacy` has no rule; "
                    + "write `privacy: { \(dataset.dataClass): { minimum: 10 } }`")
        }
    }

    private static func measures(
        _ node: ConfigNode, _ limits: EvaluationLimits
    ) throws(ConfigError) -> [String: WorkspaceConfig.MeasureSettings] {
        var settings: [String: WorkspaceConfig.MeasureSettings] = [:]
        for (id, value) in try node.fields() {
            let fields = try value.fields(known: ["enabled", "preset", "params", "limits", "phases"])
            var measure = WorkspaceConfig.MeasureSettings()
            if let enabled = fields["enabled"] { measure.isEnabled = try enabled.truth() }
            measure.preset = try fields["preset"]?.text()
            for (name, number) in try fields["params"]?.fields() ?? [] {
                measure.params.append(ParameterValue(name: name, value: try number.number()))
            }
            measure.params.sort { $0.name < $1.name }
            if let own = fields["limits"] { measure.limits = try self.limits(own, over: limits) }
            if let phases = fields["phases"] { measure.phases = try ChartPhasesReader.read(phases) }
            settings[id] = measure
        }
        return settings
    }

    private static func limits(
        _ node: ConfigNode, over standard: EvaluationLimits
    ) throws(ConfigError) -> EvaluationLimits {
        let fields = try node.fields(known: LimitSetting.all.map(\.name))
        var limits = standard
        for setting in LimitSetting.all {
            if let value = fields[setting.name] { try setting.read(value, &limits) }
        }
        if let block = limits.block, block > limits.memory {
            throw (fields["block"] ?? fields["memory"] ?? node).failure(
                "`block` is one block of the memory, so it is at most `memory`, here \(Amount.bytes(limits.memory))")
        }
        return limits
    }
}

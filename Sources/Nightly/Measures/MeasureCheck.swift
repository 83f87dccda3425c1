import MeasureModel
public import Workspace

/// Holds definitions against the workspace: datasets, columns, dimensions, periods, parameters.
public struct MeasureCheck {
    private let workspace: Workspace
    private let scope: (String?) -> DataScope?

    /// A check. `scope` gives the data of an owner, nil where nothing was loaded yet.
    public init(_ workspace: Workspace, scope: @escaping (String?) -> DataScope?) {
        self.workspace = workspace
        self.scope = scope
    }

    /// Adds what is wrong to each measure's findings. Of several files with one id it belongs to the one that published it
    /// last, by `published`, or else to the first.
    public func check(_ measures: inout [LoadedMeasure], published: [String: String] = [:]) {
        let holders = holders(measures, published)
        for index in measures.indices {
            guard let definition = measures[index].definition, let id = measures[index].id else { continue }
            var findings = findings(definition, owner: measures[index].file.network)
            if let holder = holders[id], holder != measures[index].file.script.name {
                findings.append(error("id", "the id `\(id)` is taken by \(holder)", definition))
                measures[index].isNamesake = true
            }
            if definition.tests.isEmpty {
                findings.append(
                    Finding(
                        isError: false, rule: "no-tests",
                        message: "the measure has no tests: add one with a boundary and one with a missing value",
                        line: definition.lines["id"] ?? 1, column: 1))
            }
            measures[index].findings += findings
            measures[index].checkRowAccess(MeasureSettingsReader(workspace.config))
        }
    }

    /// The file of each id.
    private func holders(_ measures: [LoadedMeasure], _ published: [String: String]) -> [String: String] {
        var holders: [String: String] = [:]
        for measure in measures {
            guard let id = measure.id else { continue }
            let file = measure.file.script.name
            if holders[id] == nil || published[id] == file { holders[id] = file }
        }
        return holders
    }

    private func findings(_ definition: MeasureDefinition, owner: String?) -> [Finding] {
        var findings: [Finding] = []
        for dataset in [definition.from] + definition.with where workspace.config.dataset(dataset) == nil {
            let field = dataset == definition.from ? "from" : "with"
            let near = Workspace.suggestion(dataset, workspace.config.datasets.map(\.name))
            findings.append(error(field, "plumbline.yaml has no dataset `\(dataset)`\(near)", definition, at: dataset))
        }
        guard findings.isEmpty else { return findings }
        let data = scope(owner)
        findings += columnFindings(definition, data)
        findings += dimensionFindings(definition, data)
        findings += periodFindings(definition, data)
        findings += settingsFindings(definition, owner)
        findings += phaseFindings(definition, owner)
        return findings
    }

    private func columnFindings(_ definition: MeasureDefinition, _ data: DataScope?) -> [Finding] {
        guard let schema = data?.schema(of: definition.from) else { return [] }
        return (definition.columns ?? []).filter { schema[$0] == nil && $0 != "network" }.map { column in
            error(
                "columns",
                "no column `\(column)` in \(definition.from)\(Workspace.suggestion(column, schema.keys.sorted()))",
                definition, at: column)
        }
    }

    private func dimensionFindings(_ definition: MeasureDefinition, _ data: DataScope?) -> [Finding] {
        var findings: [Finding] = []
        for dataset in [definition.from] + definition.with {
            guard let schema = data?.schema(of: dataset) else { continue }
            for dimension in Set(definition.by.flatMap { workspace.config.withAncestors($0) }).sorted()
            where schema[dimension] == nil && dimension != "network" {
                findings.append(
                    error(
                        "by",
                        "\(dataset) has no column `\(dimension)` to group by"
                            + Workspace.suggestion(dimension, schema.keys.sorted()), definition, at: dimension))
            }
        }
        return findings
    }

    private func periodFindings(_ definition: MeasureDefinition, _ data: DataScope?) -> [Finding] {
        guard definition.every != .all, let dataset = workspace.config.dataset(definition.from) else { return [] }
        guard dataset.periodColumn != nil else {
            return [
                error(
                    "every", "\(definition.from) has no `period` in plumbline.yaml, so only every = \"all\" fits",
                    definition)
            ]
        }
        if definition.every == .wave, workspace.config.waves.isEmpty {
            return [error("every", "plumbline.yaml has no `waves`", definition)]
        }
        let granularity = data?.granularity(of: definition.from) ?? dataset.periodKind
        guard definition.every.isServed(by: granularity) else {
            return [
                error(
                    "every",
                    "\(definition.from) says only which \(granularity.rawValue) a row belongs to, so it cannot be split by "
                        + definition.every.rawValue, definition)
            ]
        }
        return []
    }

    private func settingsFindings(_ definition: MeasureDefinition, _ owner: String?) -> [Finding] {
        do {
            _ = try MeasureSettingsReader(workspace.config).params(definition, owner: owner)
            return []
        } catch {
            return [self.error("params", error.message, definition)]
        }
    }

    /// Phases of charts that can have no effect.
    private func phaseFindings(_ definition: MeasureDefinition, _ owner: String?) -> [Finding] {
        let phases = MeasureSettingsReader(workspace.config).settings(definition.id, owner: owner).phases
        func warning(_ message: String) -> Finding {
            Finding(
                isError: false, rule: "phases", message: message,
                line: definition.lines["chart"] ?? definition.lines["id"] ?? 1, column: 1)
        }
        guard !phases.isEmpty else { return [] }
        guard definition.chart != nil else {
            return [
                warning(
                    "plumbline.yaml starts phases of \(definition.id), which has no chart: declare `chart` or remove them"
                )
            ]
        }
        let groupings = definition.by.map {
            Set(workspace.config.withAncestors($0) + (owner == nil ? [] : ["network"]))
        }
        return phases.filter { phase in !groupings.contains { $0.isSuperset(of: phase.group.keys) } }.map { phase in
            warning(
                "the phase of \(definition.id) that starts on \(phase.start) is about groups by "
                    + "\(phase.group.keys.sorted().joined(separator: ", ")), which `by` does not have")
        }
    }

    private func error(
        _ field: String, _ message: String, _ definition: MeasureDefinition, at text: String? = nil
    ) -> Finding {
        let line = text.flatMap { definition.lines["\(field).\($0)"] } ?? definition.lines[field] ?? 1
        return Finding(isError: true, rule: "workspace", message: message, line: line, column: 1)
    }
}

extension LoadedMeasure {
    /// A measure that looks at single rows must be allowed to; then there is nothing to point out.
    fileprivate mutating func checkRowAccess(_ settings: MeasureSettingsReader) {
        guard let definition else { return }
        let rule = Finding.rowAccessRule
        if definition.form == .mergeable {
            findings.append(
                Finding(
                    isError: false, rule: rule,
                    message:
                        "`step` looks at single rows: list `\(definition.id)` under `row_access` in plumbline.yaml, "
                        + "or write `value` with column verbs", line: definition.lines["step"] ?? 1, column: 1))
        }
        // Of a module nobody knows here which of its functions the measure calls; what looks at rows is refused then.
        findings.removeAll { $0.rule == rule && $0.file != nil }
        if settings.mayReadRows(definition, owner: file.network) {
            findings.removeAll { $0.rule == rule }
        } else {
            for index in findings.indices where findings[index].rule == rule { findings[index].isError = true }
        }
    }
}

/// What `plumbline.yaml` sets for a measure.
struct MeasureSettingsReader {
    private let config: WorkspaceConfig

    init(_ config: WorkspaceConfig) {
        self.config = config
    }

    func settings(_ id: String, owner: String?) -> WorkspaceConfig.MeasureSettings {
        if let owner, let own = config.network(owner)?.measures[id] { return own }
        return config.measures[owner.map { "\($0)/\(id)" } ?? id] ?? .init()
    }

    /// The parameters' values: defaults, preset, overrides.
    func params(_ definition: MeasureDefinition, owner: String?) throws(Failure) -> [ParameterValue] {
        let settings = settings(definition.id, owner: owner)
        var overrides: [ParameterValue] = []
        if let name = settings.preset {
            guard let preset = definition.presets.first(where: { $0.name == name }) else {
                throw Failure(
                    .refused, "plumbline.yaml asks for the preset `\(name)`, which \(definition.id) does not have")
            }
            overrides += preset.values
        }
        return try definition.params(with: overrides + settings.params)
    }

    func limits(_ definition: MeasureDefinition, owner: String?) -> EvaluationLimits {
        settings(definition.id, owner: owner).limits ?? config.limits
    }

    func mayReadRows(_ definition: MeasureDefinition, owner: String?) -> Bool {
        owner != nil || config.rowAccess.contains(definition.id)
    }
}

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
            var findings = findings(definition, measures[index].file)
            if let holder = holders[id], holder != measures[index].file.script.name {
                findings.append(definition.finding("id", "the id `\(id)` is taken by \(holder)"))
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

    private func findings(_ definition: MeasureDefinition, _ file: MeasureFile) -> [Finding] {
        var findings =
            file.plugin.map { DeclarationCheck(definition, $0, workspace.config).findings } ?? []
        findings += findings.isEmpty ? datasetFindings(definition, file.plugin) : []
        guard findings.isEmpty else { return findings }
        let data = scope(file.network)
        findings += columnFindings(definition, data, file.plugin)
        findings += dimensionFindings(definition, data, file.plugin)
        findings += periodFindings(definition, data)
        findings += settingsFindings(definition, file)
        findings += phaseFindings(definition, file)
        return findings
    }

    private func datasetFindings(_ definition: MeasureDefinition, _ plugin: MeasurePlugin?) -> [Finding] {
        let known = workspace.config.datasets.map(\.name)
        return ([definition.from] + definition.with).filter { !known.contains($0) }.map { dataset in
            let field = dataset == definition.from ? "from" : "with"
            let near = Workspace.suggestion(dataset, known.filter { plugin?.reads(of: $0) != nil || plugin == nil })
            return definition.finding(field, "plumbline.yaml has no dataset `\(dataset)`\(near)", at: dataset)
        }
    }

    /// Names of columns to propose: a plugin's measure hears of none but those that it may read.
    private func proposals(_ schema: [String: String], of dataset: String, _ plugin: MeasurePlugin?) -> [String] {
        let declared = plugin?.reads(of: dataset)?.columns
        return schema.keys.filter { declared?.contains($0) ?? true }.sorted()
    }

    private func columnFindings(
        _ definition: MeasureDefinition, _ data: DataScope?, _ plugin: MeasurePlugin?
    ) -> [Finding] {
        guard let schema = data?.schema(of: definition.from) else { return [] }
        return (definition.columns ?? []).filter { schema[$0] == nil && $0 != "network" }.map { column in
            let near = Workspace.suggestion(column, proposals(schema, of: definition.from, plugin))
            return definition.finding("columns", "no column `\(column)` in \(definition.from)\(near)", at: column)
        }
    }

    private func dimensionFindings(
        _ definition: MeasureDefinition, _ data: DataScope?, _ plugin: MeasurePlugin?
    ) -> [Finding] {
        var findings: [Finding] = []
        for dataset in [definition.from] + definition.with {
            guard let schema = data?.schema(of: dataset) else { continue }
            for dimension in Set(definition.by.flatMap { workspace.config.withAncestors($0) }).sorted()
            where schema[dimension] == nil && dimension != "network" {
                let near = Workspace.suggestion(dimension, proposals(schema, of: dataset, plugin))
                findings.append(
                    definition.finding(
                        "by", "\(dataset) has no column `\(dimension)` to group by\(near)", at: dimension))
            }
        }
        return findings
    }

    private func periodFindings(_ definition: MeasureDefinition, _ data: DataScope?) -> [Finding] {
        guard definition.every != .all, let dataset = workspace.config.dataset(definition.from) else { return [] }
        guard dataset.periodColumn != nil else {
            return [
                definition.finding(
                    "every", "\(definition.from) has no `period` in plumbline.yaml, so only every = \"all\" fits")
            ]
        }
        if definition.every == .wave, workspace.config.waves.isEmpty {
            return [definition.finding("every", "plumbline.yaml has no `waves`")]
        }
        let granularity = data?.granularity(of: definition.from) ?? dataset.periodKind
        guard definition.every.isServed(by: granularity) else {
            return [
                definition.finding(
                    "every",
                    "\(definition.from) says only which \(granularity.rawValue) a row belongs to, so it cannot be split by "
                        + definition.every.rawValue)
            ]
        }
        return []
    }

    private func settingsFindings(_ definition: MeasureDefinition, _ file: MeasureFile) -> [Finding] {
        do {
            _ = try MeasureSettingsReader(workspace.config).params(definition, of: file)
            return []
        } catch {
            return [definition.finding("params", error.message)]
        }
    }

    /// Phases of charts that can have no effect.
    private func phaseFindings(_ definition: MeasureDefinition, _ file: MeasureFile) -> [Finding] {
        let phases = MeasureSettingsReader(workspace.config).settings(definition, of: file).phases
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
            Set(workspace.config.withAncestors($0) + (file.network == nil ? [] : ["network"]))
        }
        return phases.filter { phase in !groupings.contains { $0.isSuperset(of: phase.group.keys) } }.map { phase in
            warning(
                "the phase of \(definition.id) that starts on \(phase.start) is about groups by "
                    + "\(phase.group.keys.sorted().joined(separator: ", ")), which `by` does not have")
        }
    }
}

extension LoadedMeasure {
    /// A measure that looks at single rows must be allowed to; then there is nothing to point out.
    mutating func checkRowAccess(_ settings: MeasureSettingsReader) {
        guard let definition else { return }
        let rule = Finding.rowAccessRule
        if definition.form == .mergeable {
            let way =
                file.plugin == nil
                ? "list `\(definition.id)` under `row_access` in plumbline.yaml"
                : "declare `rows: true` for `\(definition.from)` under `reads` in plugin.yaml"
            findings.append(
                Finding(
                    isError: false, rule: rule,
                    message: "`step` looks at single rows: \(way), or write `value` with column verbs",
                    line: definition.lines["step"] ?? 1, column: 1))
        }
        // Of a module nobody knows here which of its functions the measure calls; what looks at rows is refused then.
        findings.removeAll { $0.rule == rule && $0.file != nil }
        if settings.mayReadRows(definition, of: file) {
            findings.removeAll { $0.rule == rule }
        } else {
            for index in findings.indices where findings[index].rule == rule {
                findings[index].isError = true
                guard file.plugin != nil, definition.form == .value else { continue }
                findings[index].message = Self.withoutRows(findings[index].message, definition.from)
            }
        }
    }

    /// The linter knows nothing of plugins: what it says of `row_access` is another thing for their measures.
    private static func withoutRows(_ message: String, _ dataset: String) -> String {
        let problem = message.prefix { $0 != ":" }
        return
            "\(problem): a plugin's measure may only when its plugin.yaml declares `rows: true` for `\(dataset)` under "
            + "`reads`."
    }
}

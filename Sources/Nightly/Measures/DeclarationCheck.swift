import MeasureModel
import Workspace

/// Holds the definition of a plugin's measure against what its plugin declares. It says the same of what is not declared
/// whether a workspace has it or not.
struct DeclarationCheck {
    private let definition: MeasureDefinition
    private let plugin: MeasurePlugin
    private let config: WorkspaceConfig

    init(_ definition: MeasureDefinition, _ plugin: MeasurePlugin, _ config: WorkspaceConfig) {
        self.definition = definition
        self.plugin = plugin
        self.config = config
    }

    var findings: [Finding] {
        let datasets = datasetFindings
        return datasets.isEmpty ? columnFindings + dimensionFindings : datasets
    }

    private var datasetFindings: [Finding] {
        let declared = plugin.reads.map(\.dataset)
        return ([definition.from] + definition.with).filter { !declared.contains($0) }.map { dataset in
            definition.finding(
                dataset == definition.from ? "from" : "with", undeclared("dataset", dataset, declared), at: dataset)
        }
    }

    private var columnFindings: [Finding] {
        guard let declared = plugin.reads(of: definition.from)?.columns else { return [] }
        return (definition.columns ?? []).filter { !declared.contains($0) }.map { column in
            definition.finding(
                "columns", undeclared("column", column, declared, of: definition.from), at: column)
        }
    }

    private var dimensionFindings: [Finding] {
        let dimensions = Set(definition.by.flatMap { config.withAncestors($0) }).sorted()
        return ([definition.from] + definition.with).flatMap { dataset -> [Finding] in
            guard let declared = plugin.reads(of: dataset)?.columns else { return [] }
            return dimensions.filter { $0 != "network" && !declared.contains($0) }.map { dimension in
                definition.finding(
                    "by", undeclared("column", dimension, declared, of: dataset, "to group by"), at: dimension)
            }
        }
    }

    private func undeclared(
        _ kind: String, _ name: String, _ declared: [String], of dataset: String? = nil, _ purpose: String? = nil
    ) -> String {
        "\(plugin.name) declares no \(kind) `\(name)`" + (dataset.map { " of \($0)" } ?? "")
            + (purpose.map { " \($0)" } ?? "") + " under `reads` in its plugin.yaml"
            + Workspace.suggestion(name, declared)
    }
}

extension MeasureDefinition {
    /// An error about one of its fields, or about a text in it.
    func finding(_ field: String, _ message: String, at text: String? = nil) -> Finding {
        let line = text.flatMap { lines["\(field).\($0)"] } ?? lines[field] ?? 1
        return Finding(isError: true, rule: "workspace", message: message, line: line, column: 1)
    }
}

extension LoadedMeasure {
    /// Adds what a measure of a plugin asks for and its plugin does not declare, for those who write it: no workspace is
    /// needed.
    public mutating func checkDeclarations() {
        guard let definition, let plugin = file.plugin else { return }
        let config = WorkspaceConfig()
        findings += DeclarationCheck(definition, plugin, config).findings
        checkRowAccess(MeasureSettingsReader(config))
    }
}

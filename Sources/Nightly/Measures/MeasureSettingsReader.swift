import MeasureModel
import Workspace

/// What `plumbline.yaml` sets for a measure. Measures are called by their full ids: a network's own and a plugin's carry
/// its name.
struct MeasureSettingsReader {
    private let config: WorkspaceConfig

    init(_ config: WorkspaceConfig) {
        self.config = config
    }

    /// What is set for a full id; a network's own section goes before the hub's.
    func settings(_ id: String, owner: String?) -> WorkspaceConfig.MeasureSettings {
        if let owner, id.hasPrefix("\(owner)/"),
            let own = config.network(owner)?.measures[String(id.dropFirst(owner.count + 1))]
        {
            return own
        }
        return config.measures[id] ?? .init()
    }

    /// What is set for a measure of a file.
    func settings(_ definition: MeasureDefinition, of file: MeasureFile) -> WorkspaceConfig.MeasureSettings {
        settings(file.fullID(definition.id), owner: file.network)
    }

    /// The parameters' values: defaults, preset, overrides.
    func params(_ definition: MeasureDefinition, of file: MeasureFile) throws(Failure) -> [ParameterValue] {
        let settings = settings(definition, of: file)
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

    func limits(_ definition: MeasureDefinition, of file: MeasureFile) -> EvaluationLimits {
        settings(definition, of: file).limits ?? config.limits
    }

    /// A network's own measures may look at single rows, the hub's where `row_access` lists them, and those of a plugin
    /// where it declares that of their dataset.
    func mayReadRows(_ definition: MeasureDefinition, of file: MeasureFile) -> Bool {
        if let plugin = file.plugin { return plugin.reads(of: definition.from)?.rows ?? false }
        return file.network != nil || config.rowAccess.contains(definition.id)
    }
}

import LuaSandbox
import MeasureModel

/// Requires every module once, without data: so what is wrong with one shows when it is checked, not when a measure first
/// comes to it.
enum ModuleTrial {
    static func run(
        _ modules: [ScriptModule], limits: EvaluationLimits, host: Evaluation
    ) throws(Failure) {
        guard !modules.isEmpty else { return }
        var (file, refusal) = ("", LuaRefusal?.none)
        do {
            var state = try LuaState(limits: LuaLimits(limits), interface: VerbTable.interface, host: host)
            host.attach(state.meter)
            defer { refusal = state.refusal }
            for module in modules {
                file = module.file
                try state.addModule(module.name, file: module.file, source: module.source)
            }
            for module in modules {
                file = module.file
                try state.load(name: file, source: Array("require \"\(module.name)\"; return measure {}".utf8))
                try state.instantiate(seed: 0)
            }
        } catch {
            var failure = error
            failure.scriptLine = nil  // nobody wrote that script
            throw Failure(failure, StopReport(limits: limits, refusal: refusal), file: file)
        }
    }
}

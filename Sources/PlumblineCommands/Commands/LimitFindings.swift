import Foundation
import MeasureModel
import Workspace

/// What `plumb doctor` says of limits: each with its value and what it bounds, where to set it, and which measures have
/// their own.
struct LimitFindings {
    private let config: WorkspaceConfig
    private let machineMemory: Int
    private let workers: Int

    init(
        _ config: WorkspaceConfig, machineMemory: Int = Int(clamping: ProcessInfo.processInfo.physicalMemory),
        workers: Int = ProcessInfo.processInfo.activeProcessorCount
    ) {
        self.config = config
        self.machineMemory = machineMemory
        self.workers = workers
    }

    var all: [DoctorFinding] {
        [standard] + own + tooMuch
    }

    private var standard: DoctorFinding {
        let lines = LimitSetting.all.map { "\($0.name): \($0.text(config.limits)) (\($0.bounds))" }
        return DoctorFinding(
            isGood: true, text: "limits of every measure:\n    " + lines.joined(separator: "\n    "),
            advice: "Set them in plumbline.yaml under `limits`, or for one measure under `measures: { ID: { limits: "
                + "{ cpu: 30s } } }`.")
    }

    private var own: [DoctorFinding] {
        config.allMeasureSettings.compactMap { id, settings in
            guard let limits = settings.limits else { return nil }
            let changed = LimitSetting.all.filter { $0.text(limits) != $0.text(config.limits) }
            guard !changed.isEmpty else { return nil }
            let texts = changed.map { "\($0.name): \($0.text(limits))" }
            return DoctorFinding(isGood: true, text: "\(id) has its own limits: \(texts.joined(separator: "; "))")
        }
    }

    /// Scripts that all use what they may, at the same time.
    private var tooMuch: [DoctorFinding] {
        let sizes =
            [("limits", config.limits)]
            + config.allMeasureSettings.compactMap { id, settings in
                settings.limits.map { ("measures.\(id).limits", $0) }
            }
        return sizes.filter { $0.1.memory > machineMemory / max(1, workers) }.map { place, limits in
            DoctorFinding(
                isGood: limits.memory <= machineMemory,
                text:
                    "\(place).memory is \(Amount.bytes(limits.memory)); with \(workers) workers at a time this machine has "
                    + "\(Amount.roughBytes(machineMemory / max(1, workers))) for each",
                advice: "Lower it, or run `plumb nightly` with fewer --workers.")
        }
    }
}

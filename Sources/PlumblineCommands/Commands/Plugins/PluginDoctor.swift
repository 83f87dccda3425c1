import Foundation
import PluginPackaging
import Workspace

/// What `plumb doctor` says of a workspace's plugins.
struct PluginDoctor {
    private let workspace: Workspace

    init(_ workspace: Workspace) {
        self.workspace = workspace
    }

    var findings: [DoctorFinding] { plugins + trust }

    private var plugins: [DoctorFinding] {
        if let problem = workspace.plugins.problem {
            return [DoctorFinding(isGood: false, text: "no plugin runs", advice: problem)]
        }
        let all = workspace.plugins.all
        let unlocked = workspace.plugins.unlocked.map {
            DoctorFinding(isGood: false, text: InstalledPlugins.unlockedText($0))
        }
        guard !all.isEmpty else { return unlocked }
        let stopped =
            unlocked
            + all.compactMap { plugin in
                plugin.obstacle.map {
                    DoctorFinding(isGood: false, text: "\(plugin.name) does not run", advice: "\($0).")
                }
            }
        return stopped.isEmpty
            ? [DoctorFinding(isGood: true, text: "\(all.count) plugins are as they were locked and approved")] : stopped
    }

    private var trust: [DoctorFinding] {
        let name = workspace.config.plugins.allowedSigners
        guard FileManager.default.fileExists(atPath: workspace.allowedSignersFile.path) else {
            return isTrustNeeded ? [missing(name)] : []
        }
        guard let lines = try? workspace.signaturePolicy().signers.idleLines, !lines.isEmpty else { return [] }
        let numbers = lines.map(String.init).joined(separator: ", ")
        return [
            DoctorFinding(
                isGood: true, text: "lines of \(name) that never count for plugins: \(numbers)",
                advice: "Plugins are signed with Ed25519 keys themselves, not with other keys or by `cert-authority`.")
        ]
    }

    private func missing(_ name: String) -> DoctorFinding {
        DoctorFinding(
            isGood: false, text: "plugins come from a registry, and there is no \(name): nobody's signature counts",
            advice:
                "Write the keys of hubs into it, a line for each: HUB/* namespaces=\"plumbline-plugin\" ssh-ed25519 AAAA..."
        )
    }

    /// Whether there is something from a registry whose signatures are asked for.
    private var isTrustNeeded: Bool {
        let locked = (try? PluginShelf(workspace).readLock())?.plugins ?? []
        return locked.contains { plugin in
            guard case .registry = plugin.source else { return false }
            return plugin.signature != nil || workspace.config.plugins.requiresSignatures
        }
    }
}

import ArgumentParser
import Foundation
import MeasureModel
import Nightly
import PluginPackaging
import PluginRegistry
import Workspace

struct PluginListCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the workspace's plugins, and measures that were forked from them.",
        discussion: "With --outdated, registries are asked which newer versions they have.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var registry: RegistryOptions
    @Flag(help: "Only plugins with newer versions, or whose version was taken back.") var outdated = false

    func execute(_ console: Console) throws -> ExitStatus {
        let workspace = try common.openWorkspace()
        let lock = try PluginShelf(workspace).readLock()
        let (newer, trouble) = outdated ? try NewerVersions.all(try registry.setting(workspace)) : ([:], nil)
        let shown = lock.plugins.filter { !outdated || newer[$0.name]?.isWorthALook == true }
        if let trouble, shown.isEmpty { throw trouble }
        let forks = outdated ? [] : Fork.all(in: workspace)
        show(shown, workspace.plugins, newer, console)
        for fork in forks { console.show(fork.text) }
        console.emit(
            .object([
                ("plugins", .array(shown.map { json($0, workspace.plugins, newer[$0.name]) })),
                ("forks", .array(forks.map(\.json))), ("trouble", .optional(trouble?.description)),
            ]))
        // One registry that is silent must not silence the others.
        if let trouble { console.complain("\(console.red("not all were asked:")) \(trouble)") }
        return trouble == nil ? .done : .measure
    }

    private func show(
        _ plugins: [LockedPlugin], _ installed: InstalledPlugins, _ newer: [PluginName: NewerVersions],
        _ console: Console
    ) {
        guard !plugins.isEmpty else {
            console.show(outdated ? "All plugins are the newest there are." : "No plugin is locked here.")
            return
        }
        var table = TextTable(
            ["plugin", "version", "asked for", "from"] + (outdated ? ["fits", "newest", "taken back"] : ["state"]))
        for plugin in plugins {
            let state =
                outdated
                ? newerCells(newer[plugin.name]) : [installed[name: plugin.name.description]?.obstacle ?? "runs"]
            table.add(
                [
                    plugin.name.description, plugin.version.description,
                    plugin.wanted?.description ?? "(needed)", plugin.source.text,
                ] + state)
        }
        console.show(table.text)
    }

    private func newerCells(_ newer: NewerVersions?) -> [String] {
        [newer?.fitting?.description ?? "-", newer?.newest?.description ?? "-", newer?.withdrawn ?? "-"]
    }

    private func json(_ plugin: LockedPlugin, _ installed: InstalledPlugins, _ newer: NewerVersions?) -> JSON {
        let obstacle = installed[name: plugin.name.description]?.obstacle
        var fields: [(String, JSON)] = [
            ("name", .string(plugin.name.description)), ("version", .string(plugin.version.description)),
            ("wanted", .optional(plugin.wanted?.description)), ("source", .string(plugin.source.text)),
            ("archive", .string(plugin.archive)), ("approved", .bool(plugin.isApproved)),
            ("runs", .bool(obstacle == nil)), ("obstacle", .optional(obstacle)),
            ("revoked", .optional(plugin.revoked)),
        ]
        if outdated {
            fields += [
                ("fitting", .optional(newer?.fitting?.description)), ("newest", .optional(newer?.newest?.description)),
                ("withdrawn", .optional(newer?.withdrawn)),
            ]
        }
        return .object(fields)
    }
}

extension NewerVersions {
    fileprivate var isWorthALook: Bool { fitting != nil || newest != nil || withdrawn != nil }
}

/// A measure of the workspace that was copied out of a plugin.
struct Fork {
    var file: String
    var lineage: ForkLineage
    var drift: ForkLineage.Drift

    static func all(in workspace: Workspace) -> [Fork] {
        MeasureFile.all(in: workspace).filter { $0.plugin == nil }.compactMap { file in
            ForkLineage(in: file.script.source).map { lineage in
                Fork(
                    file: file.script.name, lineage: lineage,
                    drift: lineage.drift(of: file.script.source, in: workspace.plugins))
            }
        }
    }

    var text: String {
        let origin = "\(file) was forked from \(lineage.plugin) \(lineage.version)"
        guard let difference = drift.difference else { return "\(origin), which is not here any more" }
        let lines =
            difference.lines.isEmpty
            ? "the copy is the same"
            : "the copy has \(difference.added) lines that it has not, and lacks \(difference.removed)"
        return switch drift.upstream {
        case .unchanged: "\(origin), which is as it was; \(lines)"
        case .changed, .gone: "\(origin), which has changed since (now \(drift.version ?? "-")); \(lines)"
        }
    }

    var json: JSON {
        .object([
            ("file", .string(file)), ("plugin", .string(lineage.plugin)), ("version", .string(lineage.version)),
            ("path", .string(lineage.path)), ("upstream", .string(drift.upstream.rawValue)),
            ("upstream_version", .optional(drift.version)), ("added", .optional(drift.difference?.added)),
            ("removed", .optional(drift.difference?.removed)),
        ])
    }
}

import ArgumentParser
import Foundation
import MeasureModel
import PluginPackaging
import PluginRegistry
import Workspace

struct PluginUpdateCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Take newer versions of plugins, within the ranges asked for.",
        discussion: """
            What changed runs when it is approved anew. A folder of Plugins/ that was removed comes back as it is locked. A \
            version that its registry revoked is marked in plumb.lock and runs no more, also where no other takes its place.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var registry: RegistryOptions
    @Argument(help: ArgumentHelp("The plugins (default: all).", valueName: "NAME")) var names: [String] = []

    func execute(_ console: Console) throws -> ExitStatus {
        let workspace = try common.openWorkspace()
        let lock = try PluginsLock(workspace)
        defer { lock.holdUntilHere() }
        let plan = try PluginPlan(
            updating: names.isEmpty ? nil : try names.map(PluginNotation.name), try registry.setting(workspace))
        try plan.carryOut()
        let report = PluginChangeReport(console, plan.changes)
        report.show()
        for revoked in plan.revoked { console.complain("\(console.red("revoked, and does not run:")) \(revoked)") }
        if let trouble = plan.trouble { console.complain("\(console.red("nothing else was updated:")) \(trouble)") }
        if plan.changes.isEmpty, plan.revoked.isEmpty { console.say("All plugins are as new as they may be.") }
        console.emit(
            .object([
                ("changes", report.json), ("revoked", .array(plan.revoked.map(JSON.string))),
                ("trouble", .optional(plan.trouble?.description)),
            ]))
        return plan.revoked.isEmpty ? .done : .findings
    }
}

struct PluginRemoveCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Take a plugin out of the workspace, with those that only it needed.")

    @OptionGroup var common: CommonOptions
    @Argument(help: ArgumentHelp("The plugin.", valueName: "NAME")) var name: String

    func execute(_ console: Console) throws -> ExitStatus {
        let workspace = try common.openWorkspace()
        let lock = try PluginsLock(workspace)
        defer { lock.holdUntilHere() }
        let plan = try PluginPlan(
            removing: try PluginNotation.name(name), try RegistryOptions.parse([]).setting(workspace))
        try plan.carryOut()
        let report = PluginChangeReport(console, plan.changes)
        report.show()
        console.emit(.object([("changes", report.json)]))
        return .done
    }
}

struct PluginApproveCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approve plugins as they lie in Plugins/, so that they run.",
        discussion: """
            Records in plumb.lock what was looked at and what its measures may read, single rows among it. Whatever changes \
            afterwards does not run before it is approved again.
            """)

    @OptionGroup var common: CommonOptions
    @Argument(help: ArgumentHelp("The plugins.", valueName: "NAME")) var names: [String] = []
    @Flag(help: "Approve all that are not approved yet.") var all = false
    @Flag(help: "Approve nothing; show again what may be read and how the sources differ from what was approved last.")
    var dryRun = false

    func execute(_ console: Console) throws -> ExitStatus {
        guard all != !names.isEmpty else { throw UsageError("Name the plugins to approve, or write --all.") }
        let workspace = try common.openWorkspace()
        let lock = try PluginsLock(workspace)
        defer { lock.holdUntilHere() }
        if dryRun { return try review(workspace, console) }
        let approval = PluginApproval(workspace)
        let items = try approval.approve(all ? try approval.waiting() : try names.map(PluginNotation.name), at: .now)
        for item in items {
            console.show(
                """
                \(console.bold("\(item.name) \(item.version) is approved"))
                  may read \(PluginText.reads(item.reads))
                """)
            for file in item.files { console.say("  \(file)") }
        }
        if items.isEmpty { console.say("Nothing waits for approval.") }
        console.emit(
            .object([
                (
                    "approved",
                    .array(
                        items.map { item in
                            .object([
                                ("name", .string(item.name.description)),
                                ("version", .string(item.version.description)),
                                ("reads", PluginText.json(item.reads)),
                                ("files", .array(item.files.map(JSON.string))),
                            ])
                        })
                )
            ]))
        return .done
    }

    private func review(_ workspace: Workspace, _ console: Console) throws -> ExitStatus {
        let setting = try RegistryOptions.parse([]).setting(workspace)
        let plan = try PluginPlan(reviewing: all ? nil : try names.map(PluginNotation.name), setting)
        let report = PluginChangeReport(console, plan.changes)
        report.show()
        if plan.changes.isEmpty { console.say("Nothing waits for approval.") }
        console.emit(.object([("changes", report.json)]))
        return .done
    }
}

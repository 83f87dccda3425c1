import ArgumentParser
import Foundation
import MeasureModel
import Nightly
import PluginPackaging
import PluginRegistry
import Workspace

struct PluginCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugin", abstract: "Write and share measure plugins.",
        discussion: """
            A hub makes a plugin (new, check, pack, sign) and publishes it to a registry, which is a folder that any web \
            server can show. Another hub adds it, looks at it, approves it, and every night runs exactly that.
            """,
        subcommands: [
            PluginNewCommand.self, PluginCheckCommand.self, PluginPackCommand.self, PluginSignCommand.self,
            PluginVerifyCommand.self, PluginPublishCommand.self, PluginYankCommand.self, PluginAddCommand.self,
            PluginUpdateCommand.self, PluginRemoveCommand.self, PluginListCommand.self, PluginApproveCommand.self,
            PluginForkCommand.self,
        ])
}

/// Names, versions and ranges of the command line; what is none is a usage error.
enum PluginNotation {
    static func name(_ text: String) throws -> PluginName { try read(text, PluginName.init) }
    static func version(_ text: String) throws -> SemanticVersion { try read(text, SemanticVersion.init) }
    static func range(_ text: String) throws -> VersionRange { try read(text, VersionRange.init) }

    /// The registry that a text names, from a folder on.
    static func place(_ text: String, base: URL) throws -> RegistryPlace {
        do {
            return try RegistryPlace(text, base: base)
        } catch {
            throw UsageError(error.description)
        }
    }

    /// `riverbend/climate@^1.2` in its two parts; the second is nil where there is no `@`.
    static func parts(_ text: String) throws -> (name: PluginName, behind: String?) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return (try name(parts[0]), parts.count == 2 ? parts[1] : nil)
    }

    private static func read<Value>(
        _ text: String, _ read: (String) throws(NotationError) -> Value
    ) throws -> Value {
        do {
            return try read(text)
        } catch {
            throw UsageError("\(error.description).")
        }
    }
}

/// Where plugins are looked for, and how.
struct RegistryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The registry: a folder, or an address that begins with https:// or http:// (default: `plugins.registry` in "
                + "plumbline.yaml).", valueName: "PLACE")) var from: String?
    @Flag(help: "Use only what was kept from earlier commands.") var offline = false
    @Option(help: ArgumentHelp("Seconds to wait for a registry.", valueName: "S")) var timeout = 30.0

    var access: Registry.Access {
        get throws {
            guard timeout > 0, timeout <= 3600 else {
                throw UsageError("--timeout is more than 0 and at most 3600 seconds.")
            }
            var access = Registry.Access()
            access.isOffline = offline
            access.patience = timeout
            return access
        }
    }

    /// What plans are made from.
    func setting(_ workspace: Workspace) throws -> PluginPlan.Setting {
        let here = URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
        var setting = PluginPlan.Setting(
            workspace, host: try SemanticVersion(PlumblineVersion.current), shipped: try ShippedPlugins.all(),
            registry: try from.map { try PluginNotation.place($0, base: here) }, moment: .now)
        setting.access = try access
        return setting
    }
}

/// The plugins that come with the program.
enum ShippedPlugins {
    /// Their packages; none where they are not installed.
    static func all() throws -> [PluginPackage] {
        guard let folder = Installation.shared(PluginShelf.folderName) else { return [] }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        return try names.filter { !$0.hasPrefix(".") }.map {
            try PluginPackage(folder: folder.appending(path: $0, directoryHint: .isDirectory))
        }
    }

    /// Puts them into a new workspace, as trusted as the program itself.
    static func install(in folder: URL) throws {
        let shelf = PluginShelf(root: folder)
        guard !FileManager.default.fileExists(atPath: shelf.lockFile.path) else { return }
        var lock = PluginLock()
        var folders = PluginFolderExchange(shelf)
        for package in try all() {
            let word = package.manifest.name.word
            guard !FileManager.default.fileExists(atPath: shelf.folder(word).path) else { continue }
            try folders.put(package.content, as: word)
            let entry = LockedPlugin(shipped: package, at: .now)
            lock[entry.name] = entry
        }
        try shelf.write(lock)
        folders.settle()
    }
}

/// Plugins in words and as JSON.
enum PluginText {
    /// `survey: safety_1, safety_2; pdsa: all columns, single rows`.
    static func reads(_ reads: [DatasetReads]) -> String {
        guard !reads.isEmpty else { return "no data (modules read what the measures that require them hand over)" }
        return reads.map { reads in
            let columns = reads.columns.map { $0.isEmpty ? "no further column" : $0.joined(separator: ", ") }
            return "\(reads.dataset): \(columns ?? "all columns")\(reads.rows ? ", single rows" : "")"
        }.joined(separator: "; ")
    }

    static func json(_ reads: [DatasetReads]) -> JSON {
        .array(
            reads.map { reads in
                .object([
                    ("dataset", .string(reads.dataset)),
                    ("columns", reads.columns.map { .array($0.map(JSON.string)) } ?? .null),
                    ("rows", .bool(reads.rows)),
                ])
            })
    }
}

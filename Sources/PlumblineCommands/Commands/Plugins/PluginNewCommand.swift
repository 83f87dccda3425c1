import ArgumentParser
import Foundation
import MeasureModel
import Nightly
import PluginPackaging
import Workspace

struct PluginNewCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Make a new plugin with a module, a measure and its tests.")

    @OptionGroup var common: CommonOptions
    @Argument(help: ArgumentHelp("The plugin's name, such as riverbend/climate.", valueName: "HUB/NAME")) var name:
        String
    @Argument(
        help: ArgumentHelp("The folder (default: here, under the last part of the name).", valueName: "DIR"))
    var folder: String?

    func execute(_ console: Console) throws -> ExitStatus {
        let plugin = try PluginNotation.name(name)
        let target = URL(filePath: folder ?? plugin.word, directoryHint: .isDirectory)
        guard !FileManager.default.fileExists(atPath: target.appending(path: PluginManifest.fileName).path) else {
            throw UsageError("\(target.relativePath) holds a plugin already.")
        }
        try WorkspaceTemplate.write(PluginTemplate.files(plugin), to: target)
        console.show(
            """
            A plugin is in \(target.relativePath). Next:
              plumb plugin check \(target.relativePath)
            \(isInWorkspace(target, plugin) ? ownSteps(target, plugin) : sharingSteps(target, plugin))
            """)
        console.emit(.object([("plugin", .string(target.path))]))
        return .done
    }

    /// Whether it lies where a workspace's own plugins do.
    private func isInWorkspace(_ target: URL, _ plugin: PluginName) -> Bool {
        guard let root = try? common.workspaceFolder() else { return false }
        return PluginShelf(root: root).folder(plugin.word).resolvingSymlinksInPath().path
            == target.resolvingSymlinksInPath().path
    }

    private func ownSteps(_ target: URL, _ plugin: PluginName) -> String {
        """
          plumb plugin add \(target.relativePath)
          plumb plugin approve \(plugin)
        """
    }

    private func sharingSteps(_ target: URL, _ plugin: PluginName) -> String {
        """
          plumb plugin pack \(target.relativePath)
          plumb plugin sign --key ~/.ssh/id_ed25519 \(plugin.word)-0.1.0.tar.gz
          plumb plugin publish --to REGISTRY \(plugin.word)-0.1.0.tar.gz
        """
    }
}

/// The files of a new plugin.
enum PluginTemplate {
    static func files(_ name: PluginName) -> [(path: String, text: String)] {
        [
            (PluginManifest.fileName, manifest(name)), ("README.md", readme(name)),
            ("modules/shares.lua", module(name)), ("Measures/planning.lua", measure(name)),
        ]
    }

    private static func manifest(_ name: PluginName) -> String {
        """
        # What the plugin is. Its measures get the ids \(name)/<id>, its modules are required as "\(name.word).<module>".
        name: \(name)
        version: 0.1.0
        title: Planning time

        # The versions of plumb that can run it, and plugins whose modules it requires.
        plumb: ">=\(PlumblineVersion.current)"
        needs: {}

        # All that its measures may read: nothing else exists for them. `columns: all`, `rows: true` ask for more.
        reads:
          survey: { columns: [minutes, role] }

        license: Apache-2.0
        authors: ["\(name.hub)"]
        changelog:
          0.1.0: "The first version."

        """
    }

    private static func readme(_ name: PluginName) -> String {
        """
        # \(name)

        | measure | says |
        |---|---|
        | `roles.enough_planning` | which share of people plan together at least `minutes` minutes a week |

        """
    }

    private static func module(_ name: PluginName) -> String {
        """
        -- What the plugin's measures share; others may require it too: local shares = require "\(name.word).shares"
        local shares = {}

        -- The share of answers that are at least so large.
        function shares.at_least(column, least)
          return column:at_least(least):share()
        end

        return shares

        """
    }

    private static func measure(_ name: PluginName) -> String {
        """
        local shares = require "\(name.word).shares"

        return measure {
          id = "roles.enough_planning", version = "0.1.0",
          title = "Enough planning time", question = "Which share of people plan together long enough?",
          domain = "roles", type = "process", direction = "higher", unit = "proportion",
          from = "survey", columns = { "minutes" },
          by = { {}, { "role" } }, every = "all",
          params = { minutes = { default = 45, min = 0, about = "minutes a week that are enough" } },
          value = function(g, p)
            return shares.at_least(g.minutes, p.minutes)
          end,
          tests = {
            { name = "the bound counts", rows = { { minutes = 45 }, { minutes = 44 } }, expect = { value = 0.5, n = 2 } },
            { name = "a blank is left out", rows = { { minutes = 60 }, {} }, expect = { value = 1, n = 1 } },
            { name = "nobody answered", rows = { {} }, expect = { status = "insufficient" } },
          },
        }

        """
    }
}

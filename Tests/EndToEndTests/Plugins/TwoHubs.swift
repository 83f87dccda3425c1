import Foundation
import PlumblineTestSupport

/// A hub that writes plugins, a registry, and a workspace of another hub that takes them in; all through the program.
struct TwoHubs {
    /// Where everything is.
    let folder: URL
    /// The workspace that takes plugins in, of the hub `riverbend`.
    let workspace: SmallWorkspace
    /// The registry's folder.
    let registry: URL

    /// Two hubs; `hilltop` may sign its plugins with the key `hilltop`.
    init(in folder: URL) throws {
        self.folder = folder
        workspace = try SmallWorkspace(in: folder)
        registry = folder.appending(path: "registry", directoryHint: .isDirectory)
        try makeKey("hilltop")
        try trust("hilltop/* namespaces=\"plumbline-plugin\" \(publicKey("hilltop"))\n")
    }

    /// What a program said that should have done something.
    struct Refused: Error, CustomStringConvertible {
        var description: String
    }

    /// Makes a key, without a passphrase where none is given.
    func makeKey(_ name: String, passphrase: String = "") throws {
        let made = try run(
            URL(filePath: "/usr/bin/env"), ["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", name],
            in: folder)
        guard made.status == 0 else {
            throw Refused(description: "ssh-keygen (Debian: openssh-client) made no key: \(made.errors)")
        }
    }

    /// The public key of a name.
    func publicKey(_ name: String) throws -> String {
        let text = try String(contentsOf: folder.appending(path: "\(name).pub"), encoding: .utf8)
        return text.split(separator: " ").prefix(2).joined(separator: " ")
    }

    /// Writes the workspace's `allowed_signers`.
    func trust(_ text: String) throws {
        try workspace.write("allowed_signers", text)
    }

    /// Runs `plumb` beside the workspace.
    @discardableResult
    func plumb(_ arguments: String...) throws -> Finished {
        try run(BuiltProgram.plumb, arguments, in: folder)
    }

    /// Runs a command that is to succeed.
    private func succeed(_ arguments: [String]) throws {
        let finished = try run(BuiltProgram.plumb, arguments, in: folder)
        guard finished.status == 0 else {
            throw Refused(description: "\(arguments): \(finished.output)\(finished.errors)")
        }
    }

    // MARK: Plugins

    /// A plugin's files: a module that doubles, and a measure `culture.twice` over the survey.
    struct Draft {
        var name = "hilltop/climate"
        var version = "1.0.0"
        var needs = ""
        var reads = "survey: { columns: [trust] }"
        var factor = 2
        var plumb = ">=0.1.0"
        /// Further files, or others in the place of those.
        var files: [String: String] = [:]

        var word: String { String(name.split(separator: "/")[1]) }

        var all: [String: String] {
            let manifest = """
                name: \(name)
                version: \(version)
                plumb: "\(plumb)"
                needs: {\(needs)}
                reads: { \(reads) }
                license: Apache-2.0
                authors: ["Hilltop"]
                changelog: { \(version): "Whatever." }

                """
            return [
                "plugin.yaml": manifest, "README.md": "# \(name)\n",
                "modules/factors.lua": "return { of = function(column) return column * \(factor) end }\n",
                "Measures/twice.lua": "local factors = require \"\(word).factors\"\n"
                    + SmallWorkspace.measure(
                        "culture.twice", value: "return factors.of(g.trust):mean()",
                        more:
                            "tests = { { name = \"one\", rows = { { trust = 3 } }, expect = { value = \(3 * factor), n = 1 } } },"
                    ),
            ].merging(files) { $1 }
        }
    }

    /// Writes a plugin's folder anew and returns its name.
    @discardableResult
    func write(_ draft: Draft) throws -> String {
        let target = folder.appending(path: "source-\(draft.word)-\(draft.version)")
        try? FileManager.default.removeItem(at: target)
        for (path, text) in draft.all {
            let file = target.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        return target.lastPathComponent
    }

    /// Packs and signs a plugin; returns its archive's name.
    @discardableResult
    func pack(_ draft: Draft, key: String? = "hilltop") throws -> String {
        try succeed(["plugin", "pack", try write(draft)])
        let archive = "\(draft.word)-\(draft.version).tar.gz"
        try? FileManager.default.removeItem(at: folder.appending(path: archive + ".sig"))
        if let key { try succeed(["plugin", "sign", "--key", key, archive]) }
        return archive
    }

    /// Packs, signs and publishes a plugin.
    func publish(_ draft: Draft, key: String? = "hilltop") throws {
        let archive = try pack(draft, key: key)
        try succeed(
            ["plugin", "publish", "--to", registry.path, archive] + (key == nil ? ["--unsigned"] : []))
    }

    // MARK: The workspace

    /// Adds a plugin from the registry's folder.
    func add(_ plugin: String, _ more: String...) throws -> Finished {
        try run(
            BuiltProgram.plumb, ["plugin", "add", plugin, "--from", registry.path, "--json"] + more,
            in: workspace.folder)
    }

    /// Adds a plugin that is to be taken and approves it.
    func addApproved(_ plugin: String) throws {
        let added = try add(plugin)
        guard added.status == 0 else { throw Refused(description: added.errors) }
        let approved = try workspace.plumb("plugin", "approve", "--all")
        guard approved.status == 0 else { throw Refused(description: approved.errors) }
    }

    /// All that a refused command may not change: every file of the workspace but the private ones.
    func state() throws -> [String: Data] {
        var state: [String: Data] = [:]
        let walk = FileManager.default.enumerator(atPath: workspace.folder.path)
        while let path = walk?.nextObject() as? String {
            if path == ".plumbline" {
                walk?.skipDescendants()
            } else {
                state[path] = (try? Data(contentsOf: workspace.folder.appending(path: path))) ?? Data()
            }
        }
        return state
    }

    /// What `plumb plugin list` says of a plugin.
    func listed(_ name: String) throws -> [String: Any]? {
        let list = try workspace.plumb("plugin", "list", "--json").json()["plugins"] as? [[String: Any]]
        return list?.first { $0["name"] as? String == name }
    }
}

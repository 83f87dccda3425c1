import Foundation
import PlumblineTestSupport
import Testing

extension TwoHubs {
    /// Runs `plumb` in the workspace as a user to whom nothing belongs.
    func asNobody(_ arguments: String...) throws -> Finished {
        for path in [folder.path, workspace.folder.path] {
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        }
        return try run(
            URL(filePath: "/usr/bin/setpriv"),
            ["--reuid=65534", "--regid=65534", "--clear-groups", BuiltProgram.plumb.path] + arguments,
            in: workspace.folder)
    }
}

/// What is refused by the file system halfway is as it was before.
struct PluginsWithinTheFileSystemTests {
    private func withHubs(_ body: (TwoHubs) throws -> Void) throws {
        try withTemporaryFolder { folder in try body(TwoHubs(in: folder)) }
    }

    private func allow(_ hubs: TwoHubs, _ mode: Int, _ path: String) throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: mode], ofItemAtPath: hubs.workspace.folder.appending(path: path).path)
    }

    /// `Plugins` may be written and the lock file may not: it comes last, and what came before it is put back.
    @Test(.enabled(if: getuid() == 0, "only root can become somebody else"))
    func aLockFileThatCannotBeWrittenChangesNothing() throws {
        try withHubs { hubs in
            try hubs.publish(.init(name: "hilltop/base"))
            try hubs.publish(.init(needs: "hilltop/base: \"*\""))
            try hubs.addApproved("hilltop/base")
            try hubs.publish(.init(name: "hilltop/base", version: "1.1.0", factor: 3))
            let given = try run(
                URL(filePath: "/bin/chown"), ["-R", "65534", ".plumbline", "Plugins"], in: hubs.workspace.folder)
            #expect(given.status == 0)
            for command in [
                ["add", "hilltop/climate", "--from", hubs.registry.path], ["update"], ["remove", "hilltop/base"],
            ] {
                try hubs.expectRefusal(5, code: "not_writable", saying: "plumb.lock cannot be written") {
                    switch command[0] {
                    case "add": try hubs.asNobody("plugin", "add", command[1], "--from", command[3], "--json")
                    case "update": try hubs.asNobody("plugin", "update", "--json")
                    default: try hubs.asNobody("plugin", "remove", command[1], "--json")
                    }
                }
            }
            #expect(try hubs.plugin("update").status == 0)
        }
    }

    /// The second of two folders cannot be replaced: then the first is not either.
    @Test(.enabled(if: getuid() == 0, "only root can become somebody else"))
    func allFoldersChangeOrNone() throws {
        try withHubs { hubs in
            for name in ["hilltop/alpha", "hilltop/beta"] {
                try hubs.publish(.init(name: name))
                try hubs.addApproved(name)
                try hubs.publish(.init(name: name, version: "1.1.0", factor: 3))
            }
            _ = try run(
                URL(filePath: "/bin/chown"), ["-R", "65534", ".plumbline", "Plugins", "plumb.lock", "."],
                in: hubs.workspace.folder)
            _ = try run(URL(filePath: "/bin/chown"), ["0", "Plugins/beta"], in: hubs.workspace.folder)
            try hubs.expectRefusal(5, code: "not_writable", saying: "Plugins/beta cannot be written") {
                try hubs.asNobody("plugin", "update", "--json")
            }
            #expect(try hubs.plugin("verify").status == 0)
        }
    }

    @Test func aFileInThePlaceOfAFolderIsSaid() throws {
        try withHubs { hubs in
            try hubs.publish(.init())
            try hubs.workspace.write("Plugins", "x")
            try hubs.expectRefusal(5, code: "not_writable", saying: "Plugins") { try hubs.add("hilltop/climate") }
        }
    }

    /// What lies there and is of nobody's lock file is somebody's work.
    @Test func aFolderThatIsThereIsNotReplaced() throws {
        try withHubs { hubs in
            try hubs.publish(.init())
            try FileManager.default.createDirectory(
                at: hubs.workspace.folder.appending(path: "Plugins/climate"), withIntermediateDirectories: true)
            try hubs.workspace.write("Plugins/climate/notes.txt", "mine")
            try hubs.expectRefusal(code: "changed", saying: "Plugins/climate is there", "Move it away") {
                try hubs.add("hilltop/climate")
            }
            let own = try hubs.write(.init(factor: 7))
            try FileManager.default.removeItem(at: hubs.workspace.folder.appending(path: "Plugins/climate"))
            try FileManager.default.moveItem(
                at: hubs.folder.appending(path: own), to: hubs.workspace.folder.appending(path: "Plugins/climate"))
            try hubs.expectRefusal(code: "changed", saying: "plumb.lock does not name it") {
                try hubs.add("hilltop/climate")
            }
        }
    }

    /// The hub's own folders are never written to: hidden files in them are somebody's, too.
    @Test func theHubsOwnFoldersAreLeftAlone() throws {
        try withHubs { hubs in
            try hubs.publish(.init())
            let own = try hubs.write(.init(name: "riverbend/own"))
            try FileManager.default.createDirectory(
                at: hubs.workspace.folder.appending(path: "Plugins"), withIntermediateDirectories: true)
            let place = hubs.workspace.folder.appending(path: "Plugins/own")
            try FileManager.default.moveItem(at: hubs.folder.appending(path: own), to: place)
            #expect(try hubs.plugin("add", "Plugins/own").status == 0)
            try hubs.workspace.write("Plugins/own/.history", "years of work")
            try hubs.workspace.write(
                "Plugins/own/modules/factors.lua", "return { of = function(c) return c * 5 end }\n")
            let before = try hubs.state()
            #expect(try hubs.add("hilltop/climate").status == 0)
            #expect(try hubs.plugin("remove", "hilltop/climate").status == 0)
            #expect(try hubs.plugin("update").status == 0)
            let after = try hubs.state()
            for (path, bytes) in before where path.hasPrefix("Plugins/own") { #expect(after[path] == bytes, "\(path)") }
            #expect(try hubs.listed("riverbend/own")?["runs"] as? Bool == false)
            #expect(try hubs.plugin("remove", "riverbend/own").status == 0)
            #expect(FileManager.default.fileExists(atPath: place.appending(path: ".history").path))
        }
    }
}

import Foundation
import PlumblineTestSupport
import Testing

/// Names, versions, ranges and places that are none.
struct HostileNotationTests {
    private static let long = String(repeating: "a", count: 5000)
    private static let names = [
        "", " ", "/", "a", "a/", "/a", "a/b/c", "../..", "../../etc", "hilltop/..", "hilltop/../climate",
        "hilltop/.climate",
        "hilltop/Climate", "HILLTOP/climate", "hilltop/cli mate", "hilltop/climate\n", "hilltop\n/climate",
        "hilltop/\u{1b}[2Jclimate", "hilltop/\u{202e}climate", "hílltop/climate", "hilltop/clımate", "hilltop/climate/",
        "hilltop//climate", "-x/climate", "hilltop/1climate", "hilltop\\climate", "\(long)/climate", "hilltop/\(long)",
        "hilltop/climate@", "hilltop/climate@latest", "hilltop/climate@^", "hilltop/climate@1.0.0.0",
        "hilltop/climate@../../1.0.0", "hilltop/climate@1.0.0+evil", "hilltop/climate@>=1 || <2",
        "hilltop/climate@\(long)",
        "hilltop/climate@1\n.0", "hilltop/climate@99999999999999999999", "hilltop/climate@-1", "hilltop/climate@01.0.0",
        "hilltop/climate@1@2",
    ]

    private static let places = [
        "", "file:///etc", "file://registry", "ftp://127.0.0.1/", "javascript://x", "data://x", "http://", "https:///x",
        "http://127.0.0.1\n/", "registry\nwith lines", "\u{1b}[2J", "HTTP://", "http://hub:secret@127.0.0.1/",
        "http://hub@127.0.0.1/",
        long,
    ]

    @Test func theyAreUsage() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            for name in Self.names {
                try hubs.expectRefusal(2, code: "usage") { try hubs.add(name) }
            }
            for place in Self.places {
                try hubs.expectRefusal(2, code: "usage") {
                    try hubs.plugin("add", "hilltop/climate", "--from", place, "--timeout", "1")
                }
            }
            for timeout in ["0", "-1", "nan", "inf", "1e9", "soon"] {
                try hubs.expectRefusal(2, code: "usage") {
                    try hubs.plugin("add", "hilltop/climate", "--from", hubs.registry.path, "--timeout", timeout)
                }
            }
            for name in ["../..", "hilltop/\n", Self.long] {
                for command in [["remove", name], ["update", name], ["approve", name], ["new", name]] {
                    try hubs.expectRefusal(2, code: "usage") {
                        try run(BuiltProgram.plumb, ["plugin"] + command + ["--json"], in: hubs.workspace.folder)
                    }
                }
                try hubs.expectRefusal(2, code: "usage") {
                    try hubs.plugin("yank", "\(name)@1.0.0", "--to", hubs.registry.path, "--reason", "x")
                }
            }
            try hubs.expectRefusal(4, saying: "one line") {
                try hubs.plugin(
                    "yank", "hilltop/climate@1.0.0", "--to", hubs.registry.path, "--reason", "a\nb", "--key",
                    "../hilltop")
            }
        }
    }

    /// Another registry is taken where it is named for a plugin, and only with what this workspace trusts.
    @Test func movingToAnotherRegistryIsNoWayAround() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            try hubs.makeKey("stranger")
            let other = folder.appending(path: "other")
            let archive = try hubs.pack(.init(version: "1.1.0", factor: 3), key: "stranger")
            let published = try hubs.plumb("plugin", "publish", "--to", other.path, archive)
            #expect(published.status == 0, "\(published.errors)")
            for command in [["add", "hilltop/climate"], ["update"], ["update", "hilltop/climate"]] {
                try hubs.expectRefusal(code: "untrusted", saying: "does not know") {
                    try run(
                        BuiltProgram.plumb, ["plugin"] + command + ["--from", other.path, "--json"],
                        in: hubs.workspace.folder)
                }
            }
        }
    }

    /// What needs the program's own plugins gets them from the program, whatever a registry calls itself.
    @Test func thePluginsOfTheProgramAreTheProgramsOwn() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.trust("* \(hubs.publicKey("hilltop"))\n")
            try hubs.publish(.init(name: "plumbline/hub", version: "9.0.0"))
            try hubs.publish(.init(needs: "plumbline/hub: \"*\""))
            #expect(try hubs.add("hilltop/climate").status == 0)
            #expect(try hubs.plugin("update").status == 0)
            #expect(try hubs.listed("plumbline/hub")?["source"] as? String == "shipped")
            #expect(try hubs.listed("plumbline/hub")?["version"] as? String != "9.0.0")
            try hubs.publish(.init(name: "hilltop/hub"))
            try hubs.expectRefusal(
                code: "conflict", saying: "plumbline/hub", "hilltop/hub", "would be the folder `Plugins/hub`"
            ) { try hubs.add("hilltop/hub") }
            try hubs.publish(.init(name: "hilltop/future", needs: "plumbline/hub: \"^9.0\""))
            try hubs.expectRefusal(code: "conflict", saying: "^9.0") { try hubs.add("hilltop/future") }
            // Nor does somebody else's key that counts for less.
            try hubs.trust("hilltop/* \(hubs.publicKey("hilltop"))\n")
            try hubs.expectRefusal(code: "untrusted", saying: "plumbline/hub") { try hubs.add("plumbline/hub@^9.0") }
        }
    }

    /// A folder that says it is another hub's is not taken for the hub's own.
    @Test func anotherHubsFolderIsNotOwn() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            let source = try hubs.write(.init())
            try FileManager.default.createDirectory(
                at: hubs.workspace.folder.appending(path: "Plugins"), withIntermediateDirectories: true)
            try FileManager.default.moveItem(
                at: folder.appending(path: source), to: hubs.workspace.folder.appending(path: "Plugins/climate"))
            try hubs.expectRefusal(code: "untrusted", saying: "hilltop/climate is a plugin of hilltop") {
                try hubs.plugin("add", "Plugins/climate")
            }
            let own = try hubs.write(.init(name: "riverbend/own"))
            try hubs.expectRefusal(2, code: "usage", saying: "lies in the workspace's Plugins/own") {
                try hubs.plugin("add", folder.appending(path: own).path)
            }
        }
    }
}

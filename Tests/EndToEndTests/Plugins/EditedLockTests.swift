import Foundation
import PluginPackaging
import PlumblineTestSupport
import Testing

/// Lock files that no command wrote.
struct EditedLockTests {
    private func withLocked(_ body: (TwoHubs, _ lock: String) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            try hubs.publish(.init(name: "hilltop/other"))
            try hubs.addApproved("hilltop/climate")
            #expect(try hubs.add("hilltop/other").status == 0)
            try body(hubs, String(contentsOf: hubs.workspace.folder.appending(path: "plumb.lock"), encoding: .utf8))
        }
    }

    /// The same with a seal that is right.
    private func sealed(_ lock: String) -> String {
        let bare = lock.replacing(/"seal" : "[^"]*"/, with: "\"seal\" : \"\"")
        return bare.replacing("\"seal\" : \"\"", with: "\"seal\" : \"\(Digest.of(Array(bare.utf8)))\"")
    }

    private func edits(of lock: String) throws -> [String] {
        let approval = try #require(lock.firstMatch(of: /"approval" : \{(?s:.*?)\n      \},/)).0
        let middle = try #require(lock.firstRange(of: "\n    },\n    {\n"))
        let end = try #require(lock.ranges(of: "\n    }\n  ],").last)
        let start = try #require(lock.firstRange(of: "\n    {\n"))
        let (first, second) = (lock[start.upperBound..<middle.lowerBound], lock[middle.upperBound..<end.lowerBound])
        func file(of plugins: [Substring]) -> String {
            String(lock[..<start.upperBound]) + plugins.joined(separator: "\n    },\n    {\n") + lock[end.lowerBound...]
        }
        #expect(file(of: [first, second]) == lock)
        let reordered = file(of: [second, first])
        // The approval of the one for the other.
        let other = file(of: [
            first, second.replacing("      \"archive\"", with: "      \(approval)\n      \"archive\""),
        ])
        let digit = try #require(lock.firstMatch(of: /sha256:[0-9a-f]*?([1-9])/)).1
        return [
            lock.replacing("\(digit)", with: "0"), other, lock.replacing("1.0.0", with: "1.0.1"),
            String(lock.dropLast(100)), "", "{}", "null", lock + "\n", lock.replacing("\n", with: "\r\n"),
            lock.replacing("\"form\" : 1", with: "\"form\" : 2"), "{ \"form\": 2, \"packages\": [] }\n",
            "<<<<<<< HEAD\n\(lock)=======\n\(lock)>>>>>>> branch\n",
            lock.replacing("hilltop/other", with: "hilltop/climate"),
            sealed(lock.replacing("hilltop/other", with: "../other")),
            sealed(lock.replacing("hilltop/other", with: "lakeside/climate")),
            String(repeating: "[", count: 100_000), "\u{0}", reordered,
        ]
    }

    @Test func everyCommandRefusesIt() throws {
        try withLocked { hubs, lock in
            #expect(sealed(lock) == lock)
            for edited in try edits(of: lock) {
                #expect(edited != lock)
                try hubs.workspace.write("plumb.lock", edited)
                for command in [["list"], ["add", "hilltop/climate", "--from", hubs.registry.path]] {
                    try hubs.expectRefusal(code: "bad_lock", saying: "plumb.lock", "bring back") {
                        try run(BuiltProgram.plumb, ["plugin"] + command + ["--json"], in: hubs.workspace.folder)
                    }
                }
            }
            for command in [
                ["verify"], ["update"], ["remove", "hilltop/climate"], ["approve", "--all"], ["list", "--outdated"],
                ["approve", "hilltop/other"], ["fork", "hilltop/climate/culture.twice"],
            ] {
                try hubs.expectRefusal(saying: "plumb.lock") {
                    try run(BuiltProgram.plumb, ["plugin"] + command + ["--json"], in: hubs.workspace.folder)
                }
            }
            try hubs.workspace.write("plumb.lock", "{ \"form\": 2, \"packages\": [] }\n")
            try hubs.expectRefusal(code: "bad_lock", saying: "has the form 2") { try hubs.plugin("list") }
            try hubs.workspace.write("plumb.lock", lock)
            #expect(try hubs.plugin("verify").status == 0)
        }
    }

    /// A version of the program's own plugins that the program has no more is not made of another.
    @Test func whatTheProgramHasNoMoreIsNotMadeUp() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            #expect(try hubs.plugin("add", "plumbline/hub").status == 0)
            let file = hubs.workspace.folder.appending(path: "plumb.lock")
            let lock = try String(contentsOf: file, encoding: .utf8)
            let archive = try #require(lock.firstMatch(of: /"archive" : "sha256:([0-9a-f]+)"/)).1
            try hubs.workspace.write(
                "plumb.lock", sealed(lock.replacing(archive, with: String(repeating: "0", count: 64))))
            try FileManager.default.removeItem(at: hubs.workspace.folder.appending(path: "Plugins/hub"))
            #expect(try hubs.add("hilltop/climate").status == 0)
            #expect(try hubs.listed("plumbline/hub")?["runs"] as? Bool == false)
            #expect(try hubs.plugin("update", "plumbline/hub").status == 0)
            #expect(try hubs.listed("plumbline/hub")?["approved"] as? Bool == false)
            #expect(try hubs.plugin("approve", "plumbline/hub").status == 0)
            #expect(try hubs.listed("plumbline/hub")?["runs"] as? Bool == true)
        }
    }

    /// The hub's own measures run, the plugins' last values stand.
    @Test func theNightGoesOnWithoutPlugins() throws {
        try withLocked { hubs, lock in
            #expect(try hubs.plugin("remove", "hilltop/other").status == 0)
            #expect(try hubs.workspace.night().status == 0)
            let good = try hubs.workspace.observations(of: "hilltop/climate/culture.twice")
            #expect(good.contains { $0["status"] as? String == "ok" })
            try hubs.workspace.write("plumb.lock", "<<<<<<< HEAD\n\(lock)")
            let night = try hubs.workspace.night()
            #expect(night.status == 1)
            #expect(night.output.contains("plumb.lock is no lock file that plumb wrote"))
            let stale = try hubs.workspace.observations(of: "hilltop/climate/culture.twice")
            #expect(stale.count == good.count)
            #expect(stale.allSatisfy { ["stale", "suppressed"].contains($0["status"] as? String) })
            #expect(try hubs.workspace.observations(of: "culture.trust").contains { $0["status"] as? String == "ok" })
            #expect(try hubs.workspace.plumb("check").status == 1)
            let eval = try hubs.workspace.plumb("eval", "Plugins/climate/Measures/twice.lua", "--json")
            #expect(eval.status == 4, "\(eval.output)")
        }
    }

    @Test(.enabled(if: getuid() == 0, "only root can become somebody else"))
    func whatMayNotBeReadIsTheFileSystems() throws {
        try withLocked { hubs, _ in
            for path in ["plumb.lock", "allowed_signers"] {
                let file = hubs.workspace.folder.appending(path: path).path
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
                try hubs.expectRefusal(5, code: "not_readable", saying: "\(path) cannot be", "may it be read by you") {
                    try hubs.asNobody("plugin", "verify", "--json")
                }
                try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
            }
        }
    }
}

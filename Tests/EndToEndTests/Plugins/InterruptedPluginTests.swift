import Foundation
import PlumblineTestSupport
import Testing

/// Commands that meet, and commands that are killed.
struct InterruptedPluginTests {
    private func kill(_ process: Process) {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// What commands leave behind when they are killed.
    private func drafts(_ hubs: TwoHubs) -> [String] {
        let folder = hubs.workspace.folder.appending(path: ".plumbline/plugins/drafts")
        return (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    }

    @Test func theSecondOfTwoIsRefused() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            try hubs.publish(.init(name: "hilltop/other"))
            let server = try OddServer(hubs.registry)
            defer { server.stop() }
            let first = try BuiltProgram.start(
                "plugin", "add", "hilltop/climate", "--from", server.registry("held"), in: hubs.workspace.folder)
            try server.waitForHeld()
            for command in [
                ["add", "hilltop/other", "--from", hubs.registry.path], ["update"], ["remove", "hilltop/climate"],
                ["approve", "--all"],
            ] {
                try hubs.expectRefusal(5, code: "locked", saying: "Another command", "try again") {
                    try run(BuiltProgram.plumb, ["plugin"] + command + ["--json"], in: hubs.workspace.folder)
                }
            }
            // Those who only look need not wait.
            #expect(try hubs.plugin("list").status == 0)
            #expect(try hubs.plugin("verify").status == 0)
            try server.letGo()
            first.waitUntilExit()
            #expect(first.terminationStatus == 0)
            #expect(try hubs.add("hilltop/other").status == 0)
            #expect(try hubs.listed("hilltop/climate") != nil)
        }
    }

    @Test func aLockDiesWithItsProcess() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            let server = try OddServer(hubs.registry)
            defer { server.stop() }
            let before = try hubs.state()
            let first = try BuiltProgram.start(
                "plugin", "add", "hilltop/climate", "--from", server.registry("held"), in: hubs.workspace.folder)
            try server.waitForHeld()
            kill(first)
            #expect(try hubs.state() == before)
            #expect(try hubs.add("hilltop/climate").status == 0)
            #expect(try hubs.plugin("verify").status == 0)
        }
    }

    /// A workspace that can be put back as it was without running anything.
    private struct Kept {
        let hubs: TwoHubs
        private let copy: URL

        init(_ hubs: TwoHubs) throws {
            self.hubs = hubs
            copy = hubs.folder.appending(path: "kept-\(UUID().uuidString)")
            try FileManager.default.copyItem(at: hubs.workspace.folder, to: copy)
        }

        func putBack() throws {
            try FileManager.default.removeItem(at: hubs.workspace.folder)
            try FileManager.default.copyItem(at: copy, to: hubs.workspace.folder)
        }
    }

    /// Runs a command of `plumb plugin` and kills it when a part of the time that it takes is over.
    private func killed(_ hubs: TwoHubs, after part: Double, of whole: Double, _ arguments: String...) throws {
        _ = try run(
            URL(filePath: "/usr/bin/env"),
            ["timeout", "-s", "KILL", String(format: "%.4f", whole * part), BuiltProgram.plumb.path, "plugin"]
                + arguments,
            in: hubs.workspace.folder)
    }

    /// Killed at any moment, a command leaves nothing that the next one trips over.
    @Test func theNextOneWorks() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            try hubs.publish(.init(version: "1.1.0", factor: 3))
            let empty = try Kept(hubs)
            let start = ContinuousClock.now
            #expect(try hubs.add("hilltop/climate@1.0.0").status == 0)
            let whole = start.duration(to: .now) / .seconds(1)
            let added = try Kept(hubs)
            for round in 0..<20 {
                try empty.putBack()
                try killed(
                    hubs, after: Double(round + 1) / 21, of: whole, "add", "hilltop/climate@1.0.0", "--from",
                    hubs.registry.path)
                #expect(try hubs.plugin("verify").status == 0)
                let next = try hubs.add("hilltop/climate@1.0.0")
                #expect(next.status == 0, "\(next.errors)")
            }
            for round in 0..<6 {
                try added.putBack()
                try killed(hubs, after: Double(round + 3) / 9, of: whole, "add", "hilltop/climate@1.1.0")
                let next = try hubs.plugin("add", "hilltop/climate@1.1.0")
                #expect(next.status == 0, "\(next.errors)")
                #expect(try hubs.plugin("verify").status == 0)
                try added.putBack()
                try killed(hubs, after: Double(round + 3) / 9, of: whole, "remove", "hilltop/climate")
                _ = try hubs.plugin("remove", "hilltop/climate")
                let again = try hubs.add("hilltop/climate@1.1.0")
                #expect(again.status == 0, "\(again.errors)")
            }
            #expect(drafts(hubs).isEmpty)
        }
    }
}

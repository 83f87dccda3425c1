import Foundation
import PlumblineTestSupport
import Testing

/// Authors of plugins who would like their reviewers to see something else than what will run.
struct HostileAuthorTests {
    private func differences(
        _ before: TwoHubs.Draft, _ after: TwoHubs.Draft
    ) throws -> (json: [[String: Any]], text: String) {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(before)
            try hubs.addApproved("hilltop/climate")
            try hubs.publish(after)
            let copy = folder.appending(path: "copy")
            try FileManager.default.copyItem(at: hubs.workspace.folder, to: copy)
            let updated = try hubs.plugin("update")
            let changes = try #require(try updated.json()["changes"] as? [[String: Any]])
            #expect(try hubs.listed("hilltop/climate")?["runs"] as? Bool == false)
            let text = try run(BuiltProgram.plumb, ["plugin", "update"], in: copy)
            return (try #require(changes[0]["differences"] as? [[String: Any]]), text.output)
        }
    }

    private func module(_ text: String, version: String) -> TwoHubs.Draft {
        .init(version: version, files: ["modules/more.lua": text])
    }

    /// A line ends where Lua lets it end, whatever stands before that.
    @Test func noLineHidesInAnother() throws {
        let (json, text) = try differences(
            module("return 1\r\n", version: "1.0.0"),
            module("local a = 1\r\n- local evil = 0\r\nreturn a\r\n", version: "1.1.0"))
        let module = try #require(json.first { $0["file"] as? String == "modules/more.lua" })
        #expect(module["added"] as? Int == 3)
        #expect(text.contains("modules/more.lua: +3 -1 lines"))
        #expect(text.contains("    + - local evil"))
        #expect(!text.unicodeScalars.contains("\r"))
    }

    /// The two spellings of é are one text to people, and two keys to Lua.
    @Test func whatLooksTheSameIsShownToDiffer() throws {
        let (json, text) = try differences(
            module("return { [\"caf\u{e9}\"] = 1 }\n", version: "1.0.0"),
            module("return { [\"cafe\u{301}\"] = 1 }\n", version: "1.1.0"))
        #expect(json.contains { $0["file"] as? String == "modules/more.lua" })
        #expect(text.contains("modules/more.lua: +1 -1 lines"))
    }

    /// What moves the cursor or turns the text around is written out.
    @Test func nothingReachesTheTerminalUnseen() throws {
        let (_, text) = try differences(
            module("return 1\n", version: "1.0.0"),
            module("-- \u{1b}[2J\u{1b}]0;x\u{7} \u{202e}lave \u{8}\u{8} \u{2028}\nreturn 1\n", version: "1.1.0"))
        #expect(text.contains("\\u{1b}[2J") && text.contains("\\u{202e}lave"))
        #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
    }

    /// Long files without a line in common are told as replaced: looking for one costs the square of their lines.
    @Test func longFilesAreCompared() throws {
        func draft(_ version: String, _ word: String) -> TwoHubs.Draft {
            let files = (0..<10).map { file in
                ("modules/m\(file).lua", (0..<5000).map { "--\(word)\($0)\n" }.joined() + "return 1\n")
            }
            return .init(version: version, files: Dictionary(uniqueKeysWithValues: files))
        }
        let (json, _) = try differences(draft("1.0.0", "a"), draft("1.1.0", "b"))
        #expect(json.count >= 10)
    }

    /// The copy is that of the measure that was named, not of one whose path ends alike.
    @Test func aForkIsOfTheMeasureThatWasNamed() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(
                .init(files: [
                    "Measures/zz/Measures/twice.lua": SmallWorkspace.measure(
                        "culture.inner", value: "return g.trust:min()")
                ]))
            try hubs.addApproved("hilltop/climate")
            let forked = try hubs.plugin("fork", "hilltop/climate/culture.inner")
            #expect(forked.status == 0, "\(forked.errors)")
            #expect(try forked.json()["path"] as? String == "Measures/zz/Measures/twice.lua")
            let text = try String(
                contentsOf: hubs.workspace.folder.appending(path: "Measures/twice.lua"), encoding: .utf8)
            #expect(text.contains("culture.inner"))
            // Nothing is written over, by whatever way it is named.
            for target in ["Measures/twice.lua", "../ws/plumbline.yaml", "plumb.lock"] {
                try hubs.expectRefusal(2, code: "usage", saying: "is there already") {
                    try hubs.plugin("fork", "hilltop/climate/culture.twice", "--to", target)
                }
            }
        }
    }

    /// What a plugin newly asks for is shown and waits, and more than it says does not exist for it.
    @Test func readingMoreNeedsANewApproval() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            try hubs.publish(.init(version: "1.1.0", reads: "survey: { columns: all, rows: true }"))
            let updated = try hubs.plugin("update")
            let changes = try #require(try updated.json()["changes"] as? [[String: Any]])
            let reads = try #require(changes[0]["new_reads"] as? [[String: Any]])
            #expect(reads[0]["columns"] is NSNull)
            #expect(reads[0]["rows"] as? Bool == true)
            let night = try hubs.workspace.night()
            #expect(night.status == 1)
            #expect(night.output.contains("1.1.0 is not approved"))
        }
    }
}

import Foundation
import GRDB
import PlumblineTestSupport
import Testing

@testable import Workspace

/// Forgetting step by step, as an interruption leaves it.
struct ForgettingTests {
    private static let configuration = """
        hub: h
        networks: { east: {}, west: {} }
        datasets:
          survey: { class: staff, person: respondent }
          roster: { class: staff, person: respondent }
        privacy: { staff: { minimum: 5 } }

        """
    private static let rows = "respondent,network,comment\nXanthippe,east,Wolpertinger\nQuirinus,west,Tatzelwurm\n"
    private static let other = "respondent,network,comment\nanna,east,well\n"

    private func withLoads(_ body: (WorkspaceFolder, Workspace, Store) throws -> Void) throws {
        try WorkspaceFolder.with(Self.configuration) { folder in
            try folder.load("survey", Self.rows, as: "people")
            try folder.load("survey", Self.other, as: "other")
            try body(folder, try folder.open(), try folder.open().openStore())
        }
    }

    private func people(_ store: Store) throws -> [LoadRecord] { try store.allLoads().filter { $0.name == "people" } }

    private func arrowFiles(_ folder: WorkspaceFolder) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.appending(path: ".plumbline/loads/survey").path)
            .count
    }

    @Test func afterTheTransactionNobodySeesTheRows() throws {
        try withLoads { folder, workspace, store in
            try store.forget(people(store))
            #expect(try store.allLoads().map(\.name) == ["other"])
            #expect(try store.snapshot(of: "survey").loads.map(\.name) == ["other"])
            #expect(try store.interruptedForgetting().map(\.fullName) == ["survey/people"])
            #expect(try arrowFiles(folder) == 3, "the bytes are still there")
            #expect(try Forgetting(workspace, store).finish().removedFiles == 2)
            #expect(try store.interruptedForgetting() == [])
            #expect(try arrowFiles(folder) == 1)
            #expect(try Forgetting(workspace, store).finish() == Forgetting.Report(), "nothing is left to do")
        }
    }

    /// Wherever it stops, what was done is done, and the rest can be done again.
    @Test(arguments: 0...3) func finishingAfterAnInterruption(steps: Int) throws {
        try withLoads { folder, workspace, store in
            let loads = try people(store)
            try store.forget(loads)
            if steps >= 1 {
                let file = workspace.loads.file(dataset: "survey", hash: loads[0].files[0].hash)
                try FileManager.default.removeItem(at: file)
            }
            if steps >= 2 {
                for file in try workspace.loads.strayFiles(beside: store.allLoads()) {
                    try FileManager.default.removeItem(at: file)
                }
            }
            if steps >= 3 { try store.erase() }
            let again = try folder.open().openStore()
            #expect(try Forgetting(workspace, again).run([]).loads.map(\.name) == ["people"])
            #expect(try again.interruptedForgetting() == [])
            #expect(try arrowFiles(folder) == 1)
        }
    }

    /// An import that was killed leaves a draft with people's rows.
    @Test func draftsOfKilledImportsGoToo() throws {
        try withLoads { folder, workspace, store in
            let draft = workspace.loads.url.appending(path: "survey/0123.arrow.draft-77")
            try Data("Habakkuk".utf8).write(to: draft)
            #expect(
                try workspace.loads.strayFiles(beside: store.allLoads()).map(\.lastPathComponent) == [
                    draft.lastPathComponent
                ])
            #expect(try Forgetting(workspace, store).run(people(store)).removedFiles == 3)
            #expect(!FileManager.default.fileExists(atPath: draft.path))
        }
    }

    /// Results are forgotten by the datasets they rest on; those of which nothing is known rest on any.
    @Test func whatWasComputed() throws {
        try withLoads { _, workspace, store in
            func record(_ hash: String, _ datasets: [String]) -> TaskRecord {
                TaskRecord(hash: hash, result: [1, 2], asOf: "2026-06-30", readsAsOf: false, datasets: datasets)
            }
            try store.keep([
                record("a", ["survey"]), record("b", ["roster"]), record("c", ["roster", "survey"]),
                record("d", ["surveys"]),
                record("e", []),
            ])
            try store.write { try $0.execute(sql: "UPDATE task SET datasets = NULL WHERE hash = 'e'") }
            _ = try Forgetting(workspace, store).run(people(store))
            let kept = try ["a", "b", "c", "d", "e"].filter { try store.task($0)?.result == [1, 2] }
            #expect(kept == ["b", "d"])
            #expect(try store.task("b")?.datasets == ["roster"])
        }
    }

    /// While somebody reads, the log cannot be emptied: that is said, and later it can.
    @Test func aReaderInTheWay() throws {
        try withLoads { _, workspace, store in
            let reader = try DatabaseQueue(path: workspace.storeFile.path)
            let loads = try people(store)
            let error = try reader.read { database in
                _ = try Row.fetchAll(database, sql: "SELECT * FROM load")
                return WorkspaceFolder.refusal { _ = try Forgetting(workspace, store).run(loads) }
            }
            #expect(error?.code == .locked)
            #expect(error?.description.contains("Run the same command again") == true)
            #expect(try store.allLoads().map(\.name) == ["other"], "nobody uses the rows")
            _ = try Forgetting(workspace, store).run([])
            #expect(try store.interruptedForgetting() == [])
        }
    }

    @Test(arguments: [
        (
            #"{"run":"r","failures":[{"measure":"m","code":"c","message":"Xanthippe \" \\"}],"seconds":0.1}"#,
            #"{"run":"r","failures":[{"measure":"m","code":"c","message":"…"}],"seconds":0.1}"#
        ),
        (
            "{\n  \"failures\": [\n    {\n      \"message\": \"Xanthippe\"\n    }\n  ]\n}\n",
            "{\n  \"failures\": [\n    {\n      \"message\": \"…\"\n    }\n  ]\n}\n"
        ),
        (#"{"run":"r","failures":[]}"#, #"{"run":"r","failures":[]}"#),
        ("no JSON, Xanthippe", #"{"run":"r"}"#),
    ])
    func lettersAreQuieted(json: String, wanted: String) {
        let letter = QuietLetter(json: json, run: "r")
        #expect(letter.text == wanted.replacing("…", with: QuietLetter.silence))
        #expect(letter.isChanged == (json != wanted))
        #expect(!QuietLetter(json: letter.text, run: "r").isChanged, "once is enough")
    }
}

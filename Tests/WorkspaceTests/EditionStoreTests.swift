import Foundation
import PlumblineTestSupport
import Testing
import Workspace

/// Editions appear whole or not at all.
struct EditionStoreTests {
    private let edition = EditionRecord(
        number: 1, run: "r1", asOf: "2026-06-30", policy: "primary only", fingerprint: "f")
    private let bodies = ["west", "hub", "east", "public"].map {
        EditionBody(audience: $0, observations: Array("o-\($0)".utf8), measures: Array("m-\($0)".utf8))
    }
    private let task = TaskRecord(
        hash: "t1", result: [1, 2, 0, 255], asOf: "2026-06-30", readsAsOf: true, datasets: ["survey"])

    private func run(_ id: String) -> RunRecord { RunRecord(id: id, asOf: "2026-06-30", edition: 1, letter: "{}") }

    private func withStore<Result>(_ body: (Store) throws -> Result) throws -> Result {
        try withTemporaryFolder { try body(try Store($0.appending(path: "store.sqlite"))) }
    }

    @Test func whatIsPublishedComesBack() throws {
        try withStore { store in
            try store.keep([task])
            let slots = [EditionTask(slot: "s", measure: "m", task: "t1")]
            try store.publish(edition, bodies: bodies, tasks: slots, newSeries: ["i": "d"], run: run("r1"))
            let read = try #require(try store.editions().first)
            #expect(read.number == 1)
            #expect(read.fingerprint == "f")
            #expect(read.audiences == ["hub", "public", "east", "west"])
            #expect(!read.publishedAt.isEmpty)
            for body in bodies {
                let sealed = try store.body(of: 1, audience: body.audience)
                #expect(sealed == body)
            }
            let nobody = try store.body(of: 1, audience: "north")
            #expect(nobody == nil)
            #expect(try store.tasks(of: 1) == ["s": slots[0]])
            #expect(try store.task("t1") == task)
            #expect(try store.firstDefinitions() == ["i": "d"])
        }
    }

    /// The last step fails in each of these; nothing of the edition may be there then.
    @Test(arguments: ["a task that is unknown", "a run that is known", "two bodies for one audience"])
    func halfAnEditionIsNone(trouble: String) throws {
        try withStore { store in
            try store.keep([task])
            try store.keep(run: run("known"))
            let slots = [EditionTask(slot: "s", measure: "m", task: trouble.hasPrefix("a task") ? "t2" : "t1")]
            let error = WorkspaceFolder.refusal {
                try store.publish(
                    edition, bodies: trouble.hasPrefix("two") ? bodies + bodies : bodies, tasks: slots,
                    newSeries: ["i": "d"], run: run(trouble.hasPrefix("a run") ? "known" : "r1"))
            }
            #expect(error?.code == .storeFailure)
            #expect(try store.editions() == [])
            #expect(try store.body(of: 1, audience: "hub") == nil)
            #expect(try store.tasks(of: 1) == [:])
            #expect(try store.firstDefinitions() == [:])
            // The number is still free.
            try store.publish(edition, bodies: bodies, tasks: [], newSeries: [:], run: run("r1"))
            #expect(try store.editions().map(\.number) == [1])
        }
    }

    @Test func aSeriesKeepsItsFirstDefinition() throws {
        try withStore { store in
            try store.publish(edition, bodies: [], tasks: [], newSeries: ["i": "first"], run: run("r1"))
            var second = edition
            second.number = 2
            try store.publish(second, bodies: [], tasks: [], newSeries: ["i": "second", "j": "x"], run: run("r2"))
            #expect(try store.firstDefinitions() == ["i": "first", "j": "x"])
            #expect(try store.editions().map(\.number) == [1, 2])
        }
    }

    @Test func scriptsAndTasksAreReplaced() throws {
        try withStore { store in
            try store.keep(script: [1], key: "k")
            try store.keep(script: [2, 3], key: "k")
            #expect(try store.script("k") == [2, 3])
            #expect(try store.script("l") == nil)
            var newer = task
            newer.result = []
            try store.keep([task, newer])
            #expect(try store.task("t1") == newer)
            #expect(try store.task("t2") == nil)
        }
    }
}

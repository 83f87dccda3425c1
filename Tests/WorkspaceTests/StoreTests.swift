import Foundation
import GRDB
import PlumblineTestSupport
import Synchronization
import Testing

@testable import Workspace

/// Loads and snapshots in the store, and what becomes of the store itself.
struct StoreTests {
    private func load(_ name: String, dataset: String = "survey", hash: String = "h", rows: Int = 3) -> LoadRecord {
        LoadRecord(
            dataset: dataset, name: name, sourceFile: "\(name).csv", sourceHash: "s", rejectedRows: 1,
            granularity: "day",
            files: [
                LoadFile(
                    network: "east", hash: hash, rowCount: rows,
                    columns: [
                        LoadColumn(name: "b", type: "integer", missing: 1, hash: "c1"),
                        LoadColumn(name: "a", type: "date", missing: 0, hash: "c2", firstDay: 10, lastDay: 20),
                    ]),
                LoadFile(network: "west", hash: hash + "2", rowCount: 1, columns: []),
            ])
    }

    private func withStore<Result>(_ body: (Store, URL) throws -> Result) throws -> Result {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "store.sqlite")
            return try body(try Store(file), file)
        }
    }

    @Test func aLoadComesBackWhole() throws {
        try withStore { store, file in
            let load = load("fall")
            let (snapshot, isNew) = try store.put(load)
            #expect(isNew)
            #expect(snapshot.loads == [load])
            #expect(try Store(file).snapshot(of: "survey") == snapshot)
            #expect(load.rowCount == 4)
            #expect(try store.snapshot(of: "roster") == Snapshot(dataset: "roster", loads: []))
        }
    }

    @Test func snapshotsListLoadsByNameAndNotByTime() throws {
        try withStore { store, _ in
            for name in ["b", "ä", "a", "Z", "10", "9"] { _ = try store.put(load(name)) }
            let snapshot = try store.snapshot(of: "survey")
            #expect(snapshot.loads.map(\.name) == ["10", "9", "Z", "a", "b", "ä"])
            try withStore { other, _ in
                for name in ["9", "Z", "ä", "10", "b", "a"] { _ = try other.put(load(name)) }
                #expect(try other.snapshot(of: "survey").id == snapshot.id, "the order of imports does not matter")
            }
        }
    }

    @Test func theSameLoadAgainChangesNothing() throws {
        try withStore { store, _ in
            let first = try store.put(load("fall"))
            let again = try store.put(load("fall"))
            #expect(!again.isNew)
            #expect(again.snapshot == first.snapshot)
            #expect(try snapshotCount(store) == 1)
        }
    }

    @Test func theSameNameReplacesAndHistoryStays() throws {
        try withStore { store, _ in
            let first = try store.put(load("fall")).snapshot
            _ = try store.put(load("spring"))
            let third = try store.put(load("fall", hash: "other")).snapshot
            #expect(third.loads.map(\.name) == ["fall", "spring"])
            #expect(third.loads[0].files[0].hash == "other")
            #expect(try snapshotCount(store) == 3)
            let removed = try store.remove(load: "spring", from: "survey")
            #expect(removed.loads.map(\.name) == ["fall"])
            #expect(removed != first)
            // Going back to what was is a snapshot of the same id, and nothing is known twice.
            let back = try store.put(load("fall"))
            #expect(back.isNew)
            #expect(back.snapshot.id == first.id)
            #expect(try count("load", store) == 3)
        }
    }

    /// Several loads come in one step: one snapshot for each dataset, and only what was not there is new.
    @Test func severalLoadsAtOnce() throws {
        try withStore { store, _ in
            _ = try store.put(load("fall"))
            let added = try store.add([load("spring"), load("fall"), load("staff", dataset: "roster")])
            #expect(added == [load("spring").id, load("staff", dataset: "roster").id])
            #expect(try store.snapshot(of: "survey").loads.map(\.name) == ["fall", "spring"])
            #expect(try store.snapshot(of: "roster").loads.map(\.name) == ["staff"])
            #expect(try snapshotCount(store) == 3)
            #expect(try store.add([load("fall"), load("spring")]) == [])
            #expect(try store.add([]) == [])
            #expect(try snapshotCount(store) == 3)
        }
    }

    @Test func removingWhatIsNotThere() throws {
        try withStore { store, _ in
            _ = try store.put(load("fall"))
            #expect(
                WorkspaceFolder.refusal { _ = try store.remove(load: "spring", from: "survey") }?.code == .unknownName)
            #expect(
                WorkspaceFolder.refusal { _ = try store.remove(load: "fall", from: "roster") }?.code == .unknownName)
            #expect(try snapshotCount(store) == 1)
        }
    }

    /// Imports that run at once all end up in the dataset: none is lost.
    @Test(arguments: [true, false])
    func importsAtOnce(isFirst: Bool) throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "store.sqlite")
            // The very first imports make the store at the same moment.
            if !isFirst { _ = try Store(file) }
            let names = (0..<24).map { "load-\($0)" }
            let problems = Mutex<[String]>([])
            DispatchQueue.concurrentPerform(iterations: names.count) { number in
                do {
                    _ = try Store(file).put(load(names[number], hash: "h\(number)"))
                } catch {
                    problems.withLock { $0.append("\(error)") }
                }
            }
            #expect(problems.withLock { $0 } == [])
            let loaded = try Store(file).snapshot(of: "survey").loads.map(\.name)
            #expect(Set(loaded) == Set(names))
        }
    }

    @Test func idsFollowFromContent() {
        let plain = load("fall")
        var elsewhere = plain
        elsewhere.sourceFile = "copy.csv"
        let same = LoadRecord(
            dataset: plain.dataset, name: plain.name, sourceFile: "copy.csv", sourceHash: "t", rejectedRows: 0,
            granularity: plain.granularity, files: plain.files)
        #expect(same.id == plain.id)
        #expect(plain.id.wholeMatch(of: /load_[0-9a-f]{16}/) != nil)
        let others = [
            load("spring"), load("fall", dataset: "roster"), load("fall", hash: "i"),
            LoadRecord(
                dataset: plain.dataset, name: plain.name, sourceFile: "", sourceHash: "", rejectedRows: 0,
                granularity: "wave", files: plain.files),
            LoadRecord(
                dataset: plain.dataset, name: plain.name, sourceFile: "", sourceHash: "", rejectedRows: 0,
                granularity: "day", files: Array(plain.files.prefix(1))),
        ]
        #expect(Set(others.map(\.id) + [plain.id]).count == others.count + 1)
        let snapshot = Snapshot(dataset: "survey", loads: [plain])
        #expect(snapshot.id.wholeMatch(of: /snap_[0-9a-f]{16}/) != nil)
        #expect(snapshot.id != Snapshot(dataset: "survey", loads: []).id)
    }

    private func snapshotCount(_ store: Store) throws -> Int { try count("snapshot", store) }

    private func count(_ table: String, _ store: Store) throws -> Int {
        try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? -1 }
    }
}

/// Files of the store: old ones, damaged ones, ones that may only be read.
struct StoreFileTests {
    private func load(_ name: String) -> LoadRecord {
        LoadRecord(
            dataset: "survey", name: name, sourceFile: "", sourceHash: "", rejectedRows: 0, granularity: "day",
            files: [])
    }

    @Test func opensAgainAsItWas() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "store.sqlite")
            let snapshot = try Store(file).put(load("fall")).snapshot
            for _ in 0..<3 {
                let again = try Store(file).snapshot(of: "survey")
                #expect(again == snapshot)
            }
        }
    }

    /// A store made before there were editions is brought up to date, its loads kept.
    @Test func anOldStoreIsBroughtUpToDate() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "store.sqlite")
            let snapshot = try Store(file).put(load("fall")).snapshot
            let queue = try DatabaseQueue(path: file.path)
            try queue.write { database in
                for table in ["edition_body", "edition_task", "edition", "task", "run", "script", "series"] {
                    try database.execute(sql: "DROP TABLE \(table)")
                }
                try database.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = '2 editions'")
            }
            try queue.close()
            let store = try Store(file)
            let kept = try store.snapshot(of: "survey")
            #expect(kept == snapshot)
            let editions = try store.editions()
            #expect(editions == [])
        }
    }

    @Test(arguments: ["no database at all", String(repeating: "x", count: 10_000), "SQLite format 3\0 cut off"])
    func aDamagedStore(text: String) throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "store.sqlite")
            try Data(text.utf8).write(to: file)
            let error = WorkspaceFolder.refusal { _ = try Store(file).snapshot(of: "survey") }
            #expect(error?.code == .corrupt)
            #expect(error?.file == file.path)
        }
    }

    @Test func aStoreInAFolderThatIsNotThere() throws {
        try withTemporaryFolder { folder in
            let error = WorkspaceFolder.refusal { _ = try Store(folder.appending(path: "absent/store.sqlite")) }
            #expect(error?.code == .notWritable)
        }
    }

    /// Names of folders may hold what means something in an address.
    @Test(arguments: ["plain", "with space", "50% off", "what?", "no #1", "a&b=c", "ü"])
    func readingOnly(name: String) throws {
        try withTemporaryFolder { folder in
            let inner = folder.appending(path: name)
            try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
            let file = inner.appending(path: "store.sqlite")
            let writing = try Store(file)
            let snapshot = try writing.put(load("fall")).snapshot
            try writing.database.close()
            let reading = try Store(file, isReadOnly: true)
            let read = try reading.snapshot(of: "survey")
            #expect(read == snapshot)
            #expect(WorkspaceFolder.refusal { _ = try reading.put(load("spring")) } != nil)
        }
    }
}

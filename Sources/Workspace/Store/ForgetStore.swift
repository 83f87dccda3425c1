import Foundation
import GRDB
import MeasureModel

/// A load whose rows are gone, or going.
public struct ForgottenLoad: Hashable, Sendable {
    /// Its id.
    public var id: String
    /// The dataset it belonged to.
    public var dataset: String
    /// What it was called.
    public var name: String

    /// A load.
    public init(id: String, dataset: String, name: String) {
        self.id = id
        self.dataset = dataset
        self.name = name
    }

    /// How it was called among the loads of all datasets.
    public var fullName: String { "\(dataset)/\(name)" }
}

extension Store {
    /// Every load that is known: those of the newest snapshots, those that were replaced, those that were taken out.
    /// In order of dataset, name and import.
    public func allLoads() throws(WorkspaceError) -> [LoadRecord] {
        try read { database in
            let ids = try String.fetchAll(
                database, sql: "SELECT id FROM load ORDER BY dataset, name, imported_at, rowid")
            return try ids.map { try Self.load($0, database) }
        }
    }

    /// Loads that were being forgotten when that was interrupted.
    public func interruptedForgetting() throws(WorkspaceError) -> [ForgottenLoad] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM forgetting ORDER BY dataset, name, load").map {
                ForgottenLoad(id: $0["load"], dataset: $0["dataset"], name: $0["name"])
            }
        }
    }

    /// Takes loads out of all that is known, with what was computed from their datasets and what letters say of rows. From
    /// this one transaction on they are gone; their bytes are until ``erase()``, and so long the store knows what is still
    /// to be done.
    func forget(_ loads: [LoadRecord]) throws(WorkspaceError) {
        try wipeWhatIsDeleted()
        try write { database in
            for (dataset, loads) in Dictionary(grouping: loads, by: \.dataset).sorted(by: { $0.key < $1.key }) {
                try Self.takeOut(loads, of: dataset, database)
                try database.execute(
                    sql: "UPDATE task SET result = X'' WHERE datasets IS NULL OR instr(datasets, ?) > 0",
                    arguments: [TaskRecord.mark(of: dataset)])
            }
            try Self.quietLetters(database)
        }
    }

    private static func takeOut(_ loads: [LoadRecord], of dataset: String, _ database: Database) throws {
        let ids = Set(loads.map(\.id))
        let before = try snapshot(of: dataset, database)
        let kept = before.loads.filter { !ids.contains($0.id) }
        if kept.count < before.loads.count { try insert(Snapshot(dataset: dataset, loads: kept), database) }
        for load in loads {
            try database.execute(
                sql: "INSERT OR IGNORE INTO forgetting (load, dataset, name) VALUES (?, ?, ?)",
                arguments: [load.id, dataset, load.name])
            try database.execute(
                sql: "DELETE FROM snapshot WHERE sequence IN (SELECT snapshot FROM snapshot_load WHERE load = ?)",
                arguments: [load.id])
            try database.execute(sql: "DELETE FROM load WHERE id = ?", arguments: [load.id])
        }
    }

    /// A message of a failure may show a row.
    private static func quietLetters(_ database: Database) throws {
        for row in try Row.fetchAll(database, sql: "SELECT id, letter FROM run") {
            let run: String = row["id"]
            let letter = QuietLetter(json: row["letter"], run: run)
            guard letter.isChanged else { continue }
            try database.execute(sql: "UPDATE run SET letter = ? WHERE id = ?", arguments: [letter.text, run])
        }
    }

    /// Has SQLite overwrite what is deleted from now on.
    private func wipeWhatIsDeleted() throws(WorkspaceError) {
        try maintain { try $0.execute(sql: "PRAGMA secure_delete = ON") }
    }

    /// Writes the store anew without what was deleted, and empties its log.
    ///
    /// - Throws: ``WorkspaceError`` with `.locked` while another process reads it.
    func erase() throws(WorkspaceError) {
        let isBusy = try maintain { database in
            try database.execute(sql: "PRAGMA secure_delete = ON")
            try database.execute(sql: "VACUUM")
            return try Bool.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)") ?? true
        }
        guard !isBusy else {
            throw WorkspaceError(
                .locked,
                "Another command reads the store.")
        }
    }

    /// Notes that nothing is left to be done.
    func endForgetting() throws(WorkspaceError) {
        try write { try $0.execute(sql: "DELETE FROM forgetting") }
        try erase()
    }

    private func maintain<Value>(_ body: (Database) throws -> Value) throws(WorkspaceError) -> Value {
        do {
            return try database.writeWithoutTransaction(body)
        } catch {
            throw WorkspaceError(.storeFailure, "The store cannot be written: \(Self.text(of: error)).")
        }
    }
}

/// A run letter without the messages of its failures, which may show rows. Everything else stays as it was written.
struct QuietLetter {
    /// What stands in the place of a message.
    static let silence = "the message was removed when data were forgotten"

    /// The letter.
    let text: String
    /// Whether it said more before.
    let isChanged: Bool
    /// Its failures as lines of the letter for people.
    let failureLines: [String]

    /// Reads a letter; one that cannot be read keeps nothing but its run.
    init(json: String, run: String) {
        let letter = (try? JSONSerialization.jsonObject(with: Data(json.utf8))) as? [String: Any]
        let failures = letter?["failures"] as? [[String: Any]] ?? []
        failureLines = failures.map { "FAILED \($0["measure"] ?? ""): \($0["code"] ?? ""): \(Self.silence)" }
        text = letter == nil ? JSON.object([("run", .string(run))]).text() : Self.silenced(json)
        isChanged = text != json
    }

    private static func silenced(_ json: String) -> String {
        json.replacing(/("message": ?)"(?:[^"\\]|\\.)*"/) { "\($0.1)\"\(silence)\"" }
    }
}

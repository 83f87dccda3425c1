import Foundation
import GRDB

extension Store {
    /// What is known of a script under a key.
    public func script(_ key: String) throws(WorkspaceError) -> [UInt8]? {
        try read { database in
            try Data.fetchOne(database, sql: "SELECT definition FROM script WHERE key = ?", arguments: [key]).map(
                Array.init)
        }
    }

    /// Keeps what is known of a script.
    public func keep(script bytes: [UInt8], key: String) throws(WorkspaceError) {
        try write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO script (key, definition) VALUES (?, ?)", arguments: [key, Data(bytes)])
        }
    }

    /// The result of a task that was evaluated before; without bytes where they were forgotten with its data.
    public func task(_ hash: String) throws(WorkspaceError) -> TaskRecord? {
        try read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM task WHERE hash = ?", arguments: [hash])
                .map { row in
                    TaskRecord(
                        hash: hash, result: Array(row["result"] as Data), asOf: row["as_of"],
                        readsAsOf: row["reads_as_of"],
                        datasets: (row["datasets"] as String? ?? "").split(separator: "\n").map(String.init))
                }
        }
    }

    /// Keeps the results of tasks.
    public func keep(_ tasks: [TaskRecord]) throws(WorkspaceError) {
        guard !tasks.isEmpty else { return }
        try write { database in
            for task in tasks {
                try database.execute(
                    sql: """
                        INSERT OR REPLACE INTO task (hash, result, as_of, reads_as_of, datasets) VALUES (?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        task.hash, Data(task.result), task.asOf, task.readsAsOf,
                        task.datasets.map(TaskRecord.mark).joined(),
                    ])
            }
        }
    }

    /// Keeps a run that published nothing.
    public func keep(run: RunRecord) throws(WorkspaceError) {
        try write { database in try Self.insert(run, database) }
    }

    static func insert(_ run: RunRecord, _ database: Database) throws {
        try database.execute(
            sql: "INSERT INTO run (id, as_of, edition, letter) VALUES (?, ?, ?, ?)",
            arguments: [run.id, run.asOf, run.edition, run.letter])
    }
}

/// What a task gave, by the hash of all that went in.
public struct TaskRecord: Equatable, Sendable {
    /// The hash.
    public var hash: String
    /// The results as bytes.
    public var result: [UInt8]
    /// The day the run looked from.
    public var asOf: String
    /// Whether the script asked for that day.
    public var readsAsOf: Bool
    /// The datasets that its numbers come from.
    public var datasets: [String]

    /// A task's result.
    public init(hash: String, result: [UInt8], asOf: String, readsAsOf: Bool, datasets: [String]) {
        self.hash = hash
        self.result = result
        self.asOf = asOf
        self.readsAsOf = readsAsOf
        self.datasets = datasets
    }

    /// How the store writes a dataset's name, so that it is found among others.
    static func mark(of dataset: String) -> String { "\n\(dataset)\n" }
}

/// One run of the night.
public struct RunRecord: Equatable, Sendable {
    /// Its id.
    public var id: String
    /// The day it looked from.
    public var asOf: String
    /// The edition it published.
    public var edition: Int?
    /// Its letter as JSON.
    public var letter: String

    /// A run.
    public init(id: String, asOf: String, edition: Int?, letter: String) {
        self.id = id
        self.asOf = asOf
        self.edition = edition
        self.letter = letter
    }
}

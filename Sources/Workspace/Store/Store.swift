public import Foundation
import GRDB

/// The workspace's memory of loads, runs and editions: one SQLite file, changed in transactions.
public final class Store: Sendable {
    let database: DatabaseQueue

    /// Opens the file, and makes it where it may.
    ///
    /// - Throws: ``WorkspaceError`` with `.notWritable` or `.corrupt`.
    public init(_ url: URL, isReadOnly: Bool = false) throws(WorkspaceError) {
        var configuration = Configuration()
        // Two dozen imports at once on a busy machine wait for one another longer than one would think.
        configuration.busyMode = .timeout(30)
        configuration.readonly = isReadOnly
        configuration.journalMode = isReadOnly ? .default : .wal
        do {
            // A file in a folder that cannot be written has no journal beside it and cannot change while we read.
            let path = isReadOnly ? "\(url.absoluteURL.absoluteString)?immutable=1" : url.path
            database = try Self.patiently { try DatabaseQueue(path: path, configuration: configuration) }
            if !isReadOnly { try Self.patiently { [database] in try Self.migrate(database) } }
        } catch {
            throw Self.failure(error, url)
        }
    }

    /// Tries again for as long as a busy store is waited for: where two processes would wait for one another, as when both
    /// make the file, SQLite does not wait but says at once that it is locked.
    private static func patiently<Value>(_ body: () throws -> Value) throws -> Value {
        let start = ContinuousClock.now
        while true {
            do {
                return try body()
            } catch let error as DatabaseError
                where error.resultCode == .SQLITE_BUSY && start.duration(to: .now) < .seconds(30)
            {
                Thread.sleep(forTimeInterval: 0.05)
            }
        }
    }

    private static func failure(_ error: any Error, _ url: URL) -> WorkspaceError {
        if let error = error as? DatabaseError, [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) {
            return WorkspaceError(
                .corrupt, "The store \(url.path) is damaged; restore it from a copy, or remove it and import again.",
                file: url.path)
        }
        return WorkspaceError(
            .notWritable, "The store \(url.path) cannot be opened: \(text(of: error)).", file: url.path)
    }

    static func text(of error: any Error) -> String {
        guard let error = error as? DatabaseError else { return "\(error)" }
        let text = error.message ?? "\(error.resultCode)"
        return [.SQLITE_FULL, .SQLITE_IOERR].contains(error.resultCode) ? "\(text) (is the disk full?)" : text
    }

    /// Reads in one transaction.
    func read<Value>(_ body: (Database) throws -> Value) throws(WorkspaceError) -> Value {
        do {
            return try database.read(body)
        } catch let error as WorkspaceError {
            throw error
        } catch {
            throw WorkspaceError(.storeFailure, "The store cannot be read: \(Self.text(of: error)).")
        }
    }

    /// Changes in one transaction: all of it, or nothing.
    func write<Value>(_ body: (Database) throws -> Value) throws(WorkspaceError) -> Value {
        do {
            return try database.write(body)
        } catch let error as WorkspaceError {
            throw error
        } catch {
            throw WorkspaceError(.storeFailure, "The store cannot be written: \(Self.text(of: error)).")
        }
    }

    /// Brings the file up to date. Another process may do the same at the same moment: each step that fails because the
    /// other was faster is seen as done when all is tried again.
    private static func migrate(_ database: DatabaseQueue) throws {
        for _ in migrator.migrations {
            do {
                return try migrator.migrate(database)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
                continue
            }
        }
        try migrator.migrate(database)
    }

    private static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 loads") { database in
            try database.execute(
                sql: """
                    CREATE TABLE load (
                      id TEXT PRIMARY KEY, dataset TEXT NOT NULL, name TEXT NOT NULL, source_file TEXT NOT NULL,
                      source_hash TEXT NOT NULL, rejected_rows INTEGER NOT NULL, granularity TEXT NOT NULL,
                      imported_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
                    CREATE TABLE load_file (
                      load TEXT NOT NULL REFERENCES load(id) ON DELETE CASCADE, network TEXT NOT NULL,
                      hash TEXT NOT NULL, row_count INTEGER NOT NULL, PRIMARY KEY (load, network));
                    CREATE TABLE load_column (
                      load TEXT NOT NULL REFERENCES load(id) ON DELETE CASCADE, network TEXT NOT NULL,
                      position INTEGER NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, missing INTEGER NOT NULL,
                      hash TEXT NOT NULL, first_day INTEGER, last_day INTEGER, PRIMARY KEY (load, network, position));
                    CREATE TABLE snapshot (
                      sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, dataset TEXT NOT NULL,
                      made_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
                    CREATE TABLE snapshot_load (
                      snapshot INTEGER NOT NULL REFERENCES snapshot(sequence) ON DELETE CASCADE,
                      position INTEGER NOT NULL, load TEXT NOT NULL REFERENCES load(id),
                      PRIMARY KEY (snapshot, position));
                    CREATE INDEX snapshot_of_dataset ON snapshot(dataset, sequence);
                    """)
        }
        migrator.registerMigration("2 editions") { database in
            try database.execute(
                sql: """
                    CREATE TABLE script (
                      key TEXT PRIMARY KEY, definition BLOB NOT NULL);
                    CREATE TABLE task (
                      hash TEXT PRIMARY KEY, result BLOB NOT NULL, as_of TEXT NOT NULL, reads_as_of INTEGER NOT NULL,
                      made_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
                    CREATE TABLE run (
                      id TEXT PRIMARY KEY, as_of TEXT NOT NULL, edition INTEGER, letter TEXT NOT NULL,
                      finished_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
                    CREATE TABLE edition (
                      number INTEGER PRIMARY KEY, run TEXT NOT NULL, as_of TEXT NOT NULL, policy TEXT NOT NULL,
                      fingerprint TEXT NOT NULL, published_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
                    CREATE TABLE edition_body (
                      edition INTEGER NOT NULL REFERENCES edition(number), audience TEXT NOT NULL,
                      observations BLOB NOT NULL, measures BLOB NOT NULL, PRIMARY KEY (edition, audience));
                    CREATE TABLE edition_task (
                      edition INTEGER NOT NULL REFERENCES edition(number), slot TEXT NOT NULL, measure TEXT NOT NULL,
                      task TEXT NOT NULL REFERENCES task(hash), PRIMARY KEY (edition, slot));
                    CREATE TABLE series (
                      identity TEXT PRIMARY KEY, definition TEXT NOT NULL);
                    """)
        }
        migrator.registerMigration("3 measure versions") { database in
            try database.execute(
                sql: """
                    CREATE TABLE measure_version (
                      measure TEXT NOT NULL, version TEXT NOT NULL, edition INTEGER NOT NULL REFERENCES edition(number),
                      PRIMARY KEY (measure, version));
                    """)
        }
        migrator.registerMigration("4 sealed loads, results that can be forgotten") { database in
            try database.execute(
                sql: """
                    ALTER TABLE load_file ADD COLUMN seal TEXT;
                    ALTER TABLE task ADD COLUMN datasets TEXT;
                    CREATE TABLE forgetting (
                      load TEXT PRIMARY KEY, dataset TEXT NOT NULL, name TEXT NOT NULL);
                    """)
        }
        return migrator
    }()
}

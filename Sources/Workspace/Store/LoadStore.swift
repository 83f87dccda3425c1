import GRDB

/// One version of a dataset: its loads in order of their names.
public struct Snapshot: Equatable, Sendable {
    /// Its id, made of the loads it lists.
    public var id: String
    /// The dataset.
    public var dataset: String
    /// The loads in order of their names by bytes.
    public var loads: [LoadRecord]

    /// A snapshot.
    public init(dataset: String, loads: [LoadRecord]) {
        self.dataset = dataset
        self.loads = loads
        var hash = ContentHash()
        hash.add(dataset)
        for load in loads { hash.add(load.id) }
        id = "snap_" + hash.hex().prefix(16)
    }
}

extension Store {
    /// The newest snapshot of a dataset; an empty one when nothing was imported.
    public func snapshot(of dataset: String) throws(WorkspaceError) -> Snapshot {
        try read { try Self.snapshot(of: dataset, $0) }
    }

    static func snapshot(of dataset: String, _ database: Database) throws -> Snapshot {
        let ids = try String.fetchAll(
            database,
            sql: """
                SELECT load FROM snapshot_load WHERE snapshot =
                  (SELECT max(sequence) FROM snapshot WHERE dataset = ?) ORDER BY position
                """, arguments: [dataset])
        return Snapshot(dataset: dataset, loads: try ids.map { try load($0, database) })
    }

    static func load(_ id: String, _ database: Database) throws -> LoadRecord {
        guard let row = try Row.fetchOne(database, sql: "SELECT * FROM load WHERE id = ?", arguments: [id]) else {
            throw WorkspaceError(.corrupt, "The store lists the load \(id) but does not describe it.")
        }
        let columns = try Row.fetchAll(
            database, sql: "SELECT * FROM load_column WHERE load = ? ORDER BY network, position", arguments: [id])
        let byNetwork = Dictionary(grouping: columns) { $0["network"] as String }
        let files = try Row.fetchAll(
            database, sql: "SELECT * FROM load_file WHERE load = ? ORDER BY network", arguments: [id])
        return LoadRecord(
            id: id,
            copying: LoadRecord(
                dataset: row["dataset"], name: row["name"], sourceFile: row["source_file"],
                sourceHash: row["source_hash"], rejectedRows: row["rejected_rows"], granularity: row["granularity"],
                files: files.map { file in
                    LoadFile(
                        network: file["network"], hash: file["hash"], rowCount: file["row_count"],
                        columns: (byNetwork[file["network"]] ?? []).map { column in
                            LoadColumn(
                                name: column["name"], type: column["type"], missing: column["missing"],
                                hash: column["hash"], firstDay: column["first_day"], lastDay: column["last_day"])
                        }, seal: file["seal"])
                }))
    }

    /// Puts loads into their datasets, each in the place of one of the same name, all of them or none. Returns the ids
    /// of those that were not there before.
    @discardableResult
    public func add(_ loads: [LoadRecord]) throws(WorkspaceError) -> Set<String> {
        // One transaction from reading to writing: of two imports at once none forgets the other.
        try write { database in
            var added: Set<String> = []
            for (dataset, loads) in Dictionary(grouping: loads, by: \.dataset).sorted(by: { $0.key < $1.key }) {
                let before = try Self.snapshot(of: dataset, database)
                let names = Set(loads.map(\.name))
                let kept = before.loads.filter { !names.contains($0.name) }
                let all = (kept + loads).sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
                let after = Snapshot(dataset: dataset, loads: all)
                for load in loads { try Self.insert(load, database) }
                guard after.id != before.id else { continue }
                try Self.insert(after, database)
                added.formUnion(Set(loads.map(\.id)).subtracting(before.loads.map(\.id)))
            }
            return added
        }
    }

    /// Describes a load; one that is known is described anew, because what the store has of it may be damaged.
    private static func insert(_ load: LoadRecord, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO load (id, dataset, name, source_file, source_hash, rejected_rows, granularity)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                load.id, load.dataset, load.name, load.sourceFile, load.sourceHash, load.rejectedRows, load.granularity,
            ])
        for table in ["load_file", "load_column"] {
            try database.execute(sql: "DELETE FROM \(table) WHERE load = ?", arguments: [load.id])
        }
        for file in load.files {
            try database.execute(
                sql: "INSERT INTO load_file (load, network, hash, row_count, seal) VALUES (?, ?, ?, ?, ?)",
                arguments: [load.id, file.network, file.hash, file.rowCount, file.seal])
            try insert(file.columns, of: load, network: file.network, database)
        }
        try keepSeals(of: load, database)
    }

    private static func insert(
        _ columns: [LoadColumn], of load: LoadRecord, network: String, _ database: Database
    ) throws {
        for (position, column) in columns.enumerated() {
            try database.execute(
                sql: """
                    INSERT INTO load_column (load, network, position, name, type, missing, hash, first_day, last_day)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    load.id, network, position, column.name, column.type, column.missing, column.hash, column.firstDay,
                    column.lastDay,
                ])
        }
    }

    /// A file that was written anew may have another frame, for every load of the dataset that it belongs to.
    private static func keepSeals(of load: LoadRecord, _ database: Database) throws {
        for file in load.files where file.seal != nil {
            try database.execute(
                sql: """
                    UPDATE load_file SET seal = ? WHERE hash = ? AND seal IS NOT ?
                      AND load IN (SELECT id FROM load WHERE dataset = ?)
                    """, arguments: [file.seal, file.hash, file.seal, load.dataset])
        }
    }

    static func insert(_ snapshot: Snapshot, _ database: Database) throws {
        try database.execute(
            sql: "INSERT INTO snapshot (id, dataset) VALUES (?, ?)", arguments: [snapshot.id, snapshot.dataset])
        let sequence = database.lastInsertedRowID
        for (position, load) in snapshot.loads.enumerated() {
            try database.execute(
                sql: "INSERT INTO snapshot_load (snapshot, position, load) VALUES (?, ?, ?)",
                arguments: [sequence, position, load.id])
        }
    }

    /// Takes a load out of its dataset's newest snapshot; its history and files stay.
    public func remove(load name: String, from dataset: String) throws(WorkspaceError) -> Snapshot {
        try write { database in
            let before = try Self.snapshot(of: dataset, database)
            guard before.loads.contains(where: { $0.name == name }) else {
                throw WorkspaceError(
                    .unknownName, "The dataset `\(dataset)` has no load `\(name)`; `plumb data \(dataset)` lists them.")
            }
            let after = Snapshot(dataset: dataset, loads: before.loads.filter { $0.name != name })
            try Self.insert(after, database)
            return after
        }
    }
}

import Foundation
import GRDB

/// What one night published.
public struct EditionRecord: Equatable, Sendable {
    /// Its number, from 1.
    public var number: Int
    /// The run that made it.
    public var run: String
    /// The day it looks from.
    public var asOf: String
    /// What disclosure control did.
    public var policy: String
    /// The hash of all bodies.
    public var fingerprint: String
    /// When it was published, UTC.
    public var publishedAt: String
    /// The bodies' audiences: hub, public, then networks.
    public var audiences: [String]

    /// An edition.
    public init(
        number: Int, run: String, asOf: String, policy: String, fingerprint: String, publishedAt: String = "",
        audiences: [String] = []
    ) {
        self.number = number
        self.run = run
        self.asOf = asOf
        self.policy = policy
        self.fingerprint = fingerprint
        self.publishedAt = publishedAt
        self.audiences = audiences
    }
}

/// What an audience sees of an edition, sealed: it is stored as it was published.
public struct EditionBody: Equatable, Sendable {
    /// The audience.
    public var audience: String
    /// Observations, one JSON object a line.
    public var observations: [UInt8]
    /// Measures, one JSON object a line.
    public var measures: [UInt8]

    /// A body.
    public init(audience: String, observations: [UInt8], measures: [UInt8]) {
        self.audience = audience
        self.observations = observations
        self.measures = measures
    }
}

/// Which task an edition's series rest on.
public struct EditionTask: Equatable, Sendable {
    /// The place: measure, owner, grouping, period kind.
    public var slot: String
    /// The measure's full id.
    public var measure: String
    /// The task's hash.
    public var task: String

    /// A task of an edition.
    public init(slot: String, measure: String, task: String) {
        self.slot = slot
        self.measure = measure
        self.task = task
    }
}

extension Store {
    /// All editions, the oldest first.
    public func editions() throws(WorkspaceError) -> [EditionRecord] {
        try read { database in
            let audiences = try Row.fetchAll(database, sql: "SELECT edition, audience FROM edition_body")
            let byEdition = Dictionary(grouping: audiences) { $0["edition"] as Int }
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT *, strftime('%Y-%m-%dT%H:%M:%SZ', published_at) AS published FROM edition ORDER BY number
                    """
            ).map { row in
                let number: Int = row["number"]
                return EditionRecord(
                    number: number, run: row["run"], asOf: row["as_of"], policy: row["policy"],
                    fingerprint: row["fingerprint"], publishedAt: row["published"],
                    audiences: Self.ordered((byEdition[number] ?? []).map { $0["audience"] }))
            }
        }
    }

    private static func ordered(_ audiences: [String]) -> [String] {
        ["hub", "public"].filter(audiences.contains) + audiences.filter { $0 != "hub" && $0 != "public" }.sorted()
    }

    /// What an audience sees of an edition.
    public func body(of edition: Int, audience: String) throws(WorkspaceError) -> EditionBody? {
        try read { database in
            try Row.fetchOne(
                database, sql: "SELECT * FROM edition_body WHERE edition = ? AND audience = ?",
                arguments: [edition, audience]
            ).map { row in
                EditionBody(
                    audience: audience, observations: Array(row["observations"] as Data),
                    measures: Array(row["measures"] as Data))
            }
        }
    }

    /// The tasks an edition rests on, by slot.
    public func tasks(of edition: Int) throws(WorkspaceError) -> [String: EditionTask] {
        try read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT * FROM edition_task WHERE edition = ?", arguments: [edition])
            let tasks = rows.map { EditionTask(slot: $0["slot"], measure: $0["measure"], task: $0["task"]) }
            return Dictionary(uniqueKeysWithValues: tasks.map { ($0.slot, $0) })
        }
    }

    /// The definition under which each series was first published.
    public func firstDefinitions() throws(WorkspaceError) -> [String: String] {
        try read { database in
            let rows = try Row.fetchAll(database, sql: "SELECT identity, definition FROM series")
            return Dictionary(uniqueKeysWithValues: rows.map { ($0["identity"], $0["definition"]) })
        }
    }

    /// The versions of each measure that were published, in the order in which they first were.
    public func measureVersions() throws(WorkspaceError) -> [String: [String]] {
        try read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT measure, version FROM measure_version ORDER BY edition, version")
            return Dictionary(grouping: rows) { $0["measure"] as String }.mapValues { $0.map { $0["version"] } }
        }
    }

    /// Publishes an edition: all of it appears in this one transaction, or nothing.
    public func publish(
        _ edition: EditionRecord, bodies: [EditionBody], tasks: [EditionTask], newSeries: [String: String],
        versions: [(measure: String, version: String)] = [], run: RunRecord
    ) throws(WorkspaceError) {
        try write { database in
            try database.execute(
                sql: "INSERT INTO edition (number, run, as_of, policy, fingerprint) VALUES (?, ?, ?, ?, ?)",
                arguments: [edition.number, edition.run, edition.asOf, edition.policy, edition.fingerprint])
            for body in bodies {
                try database.execute(
                    sql: "INSERT INTO edition_body (edition, audience, observations, measures) VALUES (?, ?, ?, ?)",
                    arguments: [edition.number, body.audience, Data(body.observations), Data(body.measures)])
            }
            for task in tasks {
                try database.execute(
                    sql: "INSERT INTO edition_task (edition, slot, measure, task) VALUES (?, ?, ?, ?)",
                    arguments: [edition.number, task.slot, task.measure, task.task])
            }
            // There may be many, and nearly all of them known.
            let insertion = try database.makeStatement(
                sql: "INSERT OR IGNORE INTO series (identity, definition) VALUES (?, ?)")
            for (identity, definition) in newSeries.sorted(by: { $0.key < $1.key }) {
                try insertion.execute(arguments: [identity, definition])
            }
            for (measure, version) in versions {
                try database.execute(
                    sql: "INSERT OR IGNORE INTO measure_version (measure, version, edition) VALUES (?, ?, ?)",
                    arguments: [measure, version, edition.number])
            }
            try Self.insert(run, database)
        }
    }
}

import Foundation
public import MeasureModel
public import Workspace

/// One audience's view of an edition, read back from its sealed body.
public struct FeedEdition: Sendable {
    /// The edition.
    public let record: EditionRecord
    /// The audience.
    public let audience: String
    /// The hub.
    public let hub: String
    /// The observations in their order.
    public let observations: [Observation]
    /// The measures in order of their ids.
    public let measures: [FeedMeasure]
    /// The body as it was sealed.
    let body: EditionBody
    /// The workspace's own dimensions, for columns of the CSV.
    let ownDimensions: [String]

    /// Reads an edition; the newest when `number` is nil.
    ///
    /// - Throws: ``FeedError`` or `WorkspaceError`.
    public init(_ workspace: Workspace, _ store: Store?, audience: String, number: Int? = nil) throws {
        let editions = try store?.editions() ?? []
        guard let record = number.map({ number in editions.first { $0.number == number } }) ?? editions.last else {
            throw FeedError(
                .noEdition,
                number.map { "There is no edition \($0); `plumb edition list` shows which there are." }
                    ?? "Nothing was published yet: import data and run `plumb nightly`.")
        }
        guard let body = try store?.body(of: record.number, audience: audience) else {
            throw FeedError(
                .unknownAudience,
                "Edition \(record.number) has no audience `\(audience)`; it has \(record.audiences.joined(separator: ", "))."
            )
        }
        self.record = record
        self.audience = audience
        self.body = body
        hub = workspace.config.hub
        observations = try Self.lines(body.observations, Observation.self)
        measures = try Self.lines(body.measures, FeedMeasure.self)
        let used = Set(observations.flatMap(\.group.keys))
        ownDimensions = GroupKey.ordered(used.subtracting(GroupKey.standardDimensions))
    }

    private static func lines<Value: Decodable>(_ bytes: [UInt8], _ type: Value.Type) throws -> [Value] {
        let decoder = JSONDecoder()
        do {
            return try bytes.split(separator: UInt8(ascii: "\n")).map { try decoder.decode(type, from: Data($0)) }
        } catch {
            throw FeedError(.corrupt, "The sealed body of an edition cannot be read: \(error).")
        }
    }
}

/// A measure as the feed lists it; what the pages and the CSV need of it.
public struct FeedMeasure: Equatable, Sendable, Decodable {
    /// Its id.
    public var id: String
    /// A short name for people.
    public var title: String
    /// The question it answers.
    public var question: String?
    /// Its domain.
    public var domain: String
    /// Its kind.
    public var type: String
    /// Which way is better.
    public var direction: String?
    /// What its values count.
    public var unit: String
    /// Where the definition comes from.
    public var source: String?
    /// How its series are charted; nil where they are not.
    public var chart: Chart?
    /// Names for people.
    public var labels: Labels

    /// How its series are charted, as far as the page says.
    public struct Chart: Equatable, Sendable, Decodable {
        /// Where it starts anew, in order of time.
        public var phases: [Phase]

        /// A phase with a centre line and limits of its own.
        public struct Phase: Equatable, Sendable, Decodable {
            /// Its first day.
            public var start: String
            /// Why it began.
            public var reason: String
            /// Dimensions and values that it is about.
            public var group: [String: String]
        }
    }

    /// Names for people of groups and items.
    public struct Labels: Equatable, Sendable, Decodable {
        /// By dimension and value.
        public var groups: [String: [String: String]]
        /// By column.
        public var items: [String: String]

        /// What a part is called: parts are often named after the values of a column.
        func name(ofPart part: String) -> String {
            groups.sorted { $0.key < $1.key }.lazy.compactMap { $0.value[part] }.first ?? part
        }
    }
}

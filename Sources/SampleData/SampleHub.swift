public import CivilCalendar
import MeasureModel

/// A generated hub with several networks in two districts over three school years: exports as members would send them,
/// the workspace that reads them, and the truths that were planted in them. The same seed gives the same bytes.
public struct SampleHub: Sendable {
    /// The day from which the sample's night looks: every planted period is over.
    public static let asOf = SampleCalendar.asOf

    /// Files of the workspace, exports among them.
    public let files: [SampleFile]
    /// What to import, in order.
    public let imports: [SampleImport]
    /// What must come out.
    public let truths: PlantedTruths

    /// Generates a hub.
    ///
    /// - Parameters:
    ///   - networks: how many networks it leads, 1 to 99.
    ///   - people: about how many educators are in them all, at least 48 for each.
    /// - Throws: ``SampleError`` when the numbers do not allow it.
    public init(seed: UInt64 = 1, networks: Int = 4, people: Int = 480) throws(SampleError) {
        guard (1...99).contains(networks) else { throw SampleError("A sample hub has 1 to 99 networks.") }
        guard people / networks >= 48, people <= 2_000_000 else {
            throw SampleError("A sample hub has at least 48 people for each network and at most 2,000,000 in all.")
        }
        let world = SampleWorld(seed: seed, networks: networks, people: people)
        var truths = PlantedTruths(seed: seed)
        let exports = [
            RosterTable.exports(world, &truths), SurveyTable.exports(world, &truths), SitesTable.exports(world),
            PDSATable.exports(world, &truths), AdoptionTable.exports(world, &truths), TiesTable.exports(world, &truths),
            EventsTable.exports(world, &truths), ContactsTable.exports(world), OutcomesTable.exports(world, &truths),
            DriversTable.exports(world, &truths), PracticalTable.exports(world, &truths),
            ProjectsTable.exports(world, &truths), MeetingsTable.exports(world),
            StudentsTable.exports(world, &truths),
        ].flatMap(\.self)
        truths.effects =
            OutcomesTable.effects(world) + SurveyTable.effects + PDSATable.effects + MeetingsTable.effects(world)
            + StudentsTable.effects
        self.truths = truths
        imports = exports.map(\.request)
        files =
            WorkspaceFiles.all(world) + exports.map { SampleFile(path: $0.request.path, text: $0.text) }
            + [SampleFile(path: "planted-truths.json", text: truths.json.prettyText())]
    }
}

/// One file of the sample workspace.
public struct SampleFile: Sendable {
    /// Its path in the workspace.
    public var path: String
    /// What is in it.
    public var text: String
}

/// One export to import.
public struct SampleImport: Equatable, Sendable {
    /// The dataset.
    public var dataset: String
    /// The file's path in the workspace.
    public var path: String
    /// What the load is called.
    public var name: String
    /// The network whose rows the file holds, where no column says it.
    public var network: String?
}

/// An export with its text.
struct SampleExport {
    var request: SampleImport
    var text: String

    /// An export named `exports/<dataset>/<name>.csv`.
    init(_ dataset: String, _ name: String, _ table: SampleCSV, network: String? = nil) {
        request = SampleImport(
            dataset: dataset, path: "exports/\(dataset)/\(name).csv", name: name, network: network)
        text = table.text
    }
}

/// A sample that cannot be made as asked.
public struct SampleError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What to ask instead, as a sentence.
    public var description: String

    init(_ description: String) {
        self.description = description
    }
}

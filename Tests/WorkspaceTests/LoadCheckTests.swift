import Columnar
import Foundation
import GRDB
import PlumblineTestSupport
import Testing

@testable import Workspace

/// Files of loads held against the hashes that were stored when they were imported.
struct LoadCheckTests {
    private static let configuration = """
        hub: h
        networks: { east: {}, west: {} }
        datasets: { survey: { class: staff, person: respondent, period: { column: day } } }
        privacy: { staff: { minimum: 5 } }

        """
    private static let rows = """
        respondent,network,day,trust,share,happy,comment,blank
        anna,east,2025-10-01,4,0.5,true,well,
        bert,west,2025-10-02,,0.25,false,"so so",
        carl,east,2025-10-03,5,,,,
        dora,east,2025-10-03,1,0.125,true,badly,

        """

    private func check(_ folder: WorkspaceFolder) throws -> [LoadDamage] {
        let workspace = try folder.open()
        return LoadCheck(workspace.loads).damages(in: try workspace.openStore().allLoads())
    }

    private func files(_ folder: WorkspaceFolder) throws -> [URL] {
        let workspace = try folder.open()
        return try workspace.openStore().allLoads().flatMap { load in
            load.files.map { workspace.loads.file(dataset: load.dataset, hash: $0.hash) }
        }
    }

    /// Whatever byte of whatever file changes, in whichever bit: it is noticed, and nothing else is accused.
    @Test func everyByteCounts() throws {
        try WorkspaceFolder.with(Self.configuration) { folder in
            try folder.load("survey", Self.rows)
            #expect(try check(folder) == [])
            let (workspace, store) = (try folder.open(), try folder.open().openStore())
            let loads = try store.allLoads()
            for (number, file) in try files(folder).enumerated() {
                let whole = try Data(contentsOf: file)
                for place in whole.indices where number > 0 || place.isMultiple(of: 5) {
                    var damaged = whole
                    damaged[place] ^= 1 << UInt8(place % 8)
                    try damaged.write(to: file)
                    let damages = LoadCheck(workspace.loads).damages(in: loads)
                    #expect(damages.map(\.file) == [file], "bit \(place % 8) of byte \(place)")
                }
                try whole.write(to: file)
            }
            #expect(try check(folder) == [])
        }
    }

    @Test(arguments: ["trust", "share", "comment", "day", "respondent"])
    func theColumnIsNamed(name: String) throws {
        try WorkspaceFolder.with(Self.configuration) { folder in
            try folder.load("survey", Self.rows, as: "fall")
            let other = Self.rows.replacing("4,0.5,true,well", with: "3,0.75,true,fine").replacing(
                "10-01", with: "10-04"
            ).replacing("anna", with: "axel")
            try folder.load("survey", other, as: "spring")
            let all = try folder.open().openStore().allLoads()
            let (mine, theirs) = (all[0].files[0], all[1].files[0])
            let workspace = try folder.open()
            let url = workspace.loads.file(dataset: "survey", hash: mine.hash)
            let wanted = workspace.loads.file(dataset: "survey", hash: theirs.hash)
            // The column as the other load has it.
            let table = try ArrowFileReader.read(MappedFile(path: url.path))
            let donor = try ArrowFileReader.read(MappedFile(path: wanted.path))
            let columns = table.columns.map { $0.name == name ? donor[name] ?? $0 : $0 }
            try Data(ArrowFileWriter.bytes(of: Table(columns: columns))).write(to: url)
            let damage = try #require(try check(folder).first)
            #expect(damage.columns == [name])
            #expect(damage.load == "fall")
            #expect(damage.network == "east")
            #expect(damage.summary.contains("no longer holds what was imported in the column `\(name)`"))
            #expect(damage.advice.contains("plumb import survey fall.csv --as fall"))
            #expect(damage.advice.contains("plumb data remove survey/fall"))
        }
    }

    @Test func aLoadOfAnOlderVersionIsHeldAgainstItsColumns() throws {
        try WorkspaceFolder.with(Self.configuration) { folder in
            try folder.load("survey", Self.rows)
            let store = try folder.open().openStore()
            try store.write { try $0.execute(sql: "UPDATE load_file SET seal = NULL") }
            #expect(try check(folder) == [])
            let file = try files(folder)[0]
            var bytes = try Data(contentsOf: file)
            let place = try #require(
                bytes.firstRange(of: Data("annacarl".utf8)) ?? bytes.firstRange(of: Data("anna".utf8)))
            bytes[place.lowerBound] = UInt8(ascii: "A")
            try bytes.write(to: file)
            #expect(try check(folder).map(\.columns) == [["respondent"]])
            // Importing again writes the file anew and seals it.
            try folder.load("survey", Self.rows)
            #expect(try check(folder) == [])
            #expect(try store.allLoads()[0].files.allSatisfy { $0.seal != nil })
        }
    }

    /// The store's own record of a load is held against itself.
    @Test func aRecordThatContradictsItself() throws {
        try WorkspaceFolder.with(Self.configuration) { folder in
            try folder.load("survey", Self.rows)
            try folder.open().openStore().write { database in
                try database.execute(sql: "UPDATE load_column SET name = 'joy' WHERE name = 'happy'")
            }
            let damage = try #require(try check(folder).first)
            #expect(damage.problem.contains("the store's own record of it is damaged"))
            try folder.load("survey", Self.rows)
            #expect(try check(folder) == [])
        }
    }

    @Test func wordsForAShellAreQuoted() {
        let damage = LoadDamage(
            dataset: "survey", load: "fall term", loadID: "load_1", sourceFile: "anna's.csv", network: "",
            file: URL(filePath: "/x"), columns: [], problem: "is gone")
        #expect(damage.advice.contains("plumb import survey 'anna'\\''s.csv' --as 'fall term'"))
        #expect(damage.summary == "The load survey/fall term is damaged: /x is gone")
    }
}

import Columnar
import Foundation
import PlumblineTestSupport
import Testing
import Workspace

/// Imported rows as Arrow files: one for each network, named by content.
struct LoadFilesTests {
    private static let configuration = """
        hub: h
        time_zone: America/Chicago
        networks: { east: {}, west: {} }
        datasets: { survey: { class: staff, person: respondent, period: { column: day } } }
        privacy: { staff: { minimum: 5 } }

        """
    private static let rows =
        "respondent,network,day,trust\na,east,2025-10-01,4\nb,west,2025-10-02,\nc,east,2025-10-03,5\n"

    private func files(_ folder: WorkspaceFolder) throws -> [String: LoadFile] {
        let store = try #require(try folder.open().openStoreForReading())
        let load = try #require(try store.snapshot(of: "survey").loads.first)
        return Dictionary(uniqueKeysWithValues: load.files.map { ($0.network, $0) })
    }

    private func arrowFiles(_ folder: WorkspaceFolder) throws -> [String] {
        let path = folder.url.appending(path: ".plumbline/loads/survey").path
        return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    @Test func eachNetworkHasAFileOfItsRows() throws {
        try WorkspaceFolder.with(Self.configuration) { folder in
            try folder.load("survey", Self.rows)
            let files = try files(folder)
            #expect(files.mapValues(\.rowCount) == ["east": 2, "west": 1])
            #expect(try arrowFiles(folder) == files.values.map { "\($0.hash.prefix(32)).arrow" }.sorted())
            for (network, file) in files {
                let path = try folder.open().loads.file(dataset: "survey", hash: file.hash).path
                let table = try ArrowFileReader.read(MappedFile(path: path))
                #expect(table.rowCount == file.rowCount)
                #expect(table.columns.map(\.name) == file.columns.map(\.name))
                #expect(table["network"]?.text(0) == network)
                #expect(table["respondent"]?.text(0) == (network == "east" ? "a" : "b"))
            }
        }
    }

    @Test func columnsAreDescribed() throws {
        try WorkspaceFolder.with(Self.configuration) { folder in
            try folder.load("survey", Self.rows)
            let west = try #require(try files(folder)["west"])
            #expect(west.columns.map(\.name) == ["respondent", "day", "trust", "network"])
            #expect(west.columns.map(\.type) == ["text", "date", "integer", "text"])
            #expect(west.columns.map(\.missing) == [0, 0, 1, 0])
            #expect(west.columns[1].firstDay == 20_363)
            #expect(west.columns[1].lastDay == 20_363)
            #expect(west.columns[2].firstDay == nil)
        }
    }

    /// A new week of one network leaves the other network's file and hashes alone; a column that did not change keeps
    /// its hash.
    @Test func onlyWhatChangedIsNew() throws {
        try WorkspaceFolder.with(Self.configuration) { folder in
            try folder.load("survey", Self.rows)
            let before = try files(folder)
            try folder.load("survey", Self.rows.replacing("03,5", with: "03,6"))
            let after = try files(folder)
            #expect(after["west"] == before["west"])
            #expect(after["east"]?.hash != before["east"]?.hash)
            let changed = zip(before["east"]?.columns ?? [], after["east"]?.columns ?? []).filter { $0.hash != $1.hash }
            #expect(changed.map(\.0.name) == ["trust"])
            #expect(try arrowFiles(folder).count == 3, "the older file stays")
        }
    }

    /// Equal rows are one file, whatever they were called and in whichever workspace they lie.
    @Test func equalRowsAreOneFile() throws {
        try WorkspaceFolder.with(Self.configuration) { folder in
            try folder.load("survey", Self.rows, as: "first")
            try folder.load("survey", Self.rows.replacing("\n", with: "\r\n"), as: "second")
            let names = try arrowFiles(folder)
            #expect(names.count == 2)
            try WorkspaceFolder.with(Self.configuration) { other in
                try other.load("survey", Self.rows)
                #expect(try arrowFiles(other) == names)
                for name in names {
                    let contents = try [folder, other].map {
                        try Data(contentsOf: $0.url.appending(path: ".plumbline/loads/survey/\(name)"))
                    }
                    #expect(contents[0] == contents[1])
                }
            }
        }
    }

    @Test func idsOfLoadsAndSnapshots() throws {
        try WorkspaceFolder.with(Self.configuration) { folder in
            let first = try folder.load("survey", Self.rows, as: "fall")
            #expect(!first.isUnchanged)
            let again = try folder.load("survey", Self.rows, as: "fall")
            #expect(again.isUnchanged)
            #expect(again.loadID == first.loadID)
            #expect(again.snapshotID == first.snapshotID)
            let changed = try folder.load("survey", Self.rows + "d,west,2025-10-03,1\n", as: "fall")
            #expect(changed.loadID != first.loadID)
            #expect(changed.snapshotID != first.snapshotID)
            let back = try folder.load("survey", Self.rows, as: "fall")
            #expect(back.loadID == first.loadID)
            #expect(back.snapshotID == first.snapshotID)
            #expect(!back.isUnchanged)
        }
    }

    @Test func thePrivateFolderIsForItsOwner() throws {
        try WorkspaceFolder.with(Self.configuration) { folder in
            try folder.load("survey", Self.rows)
            let path = folder.url.appending(path: ".plumbline").path
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o700)
        }
    }
}

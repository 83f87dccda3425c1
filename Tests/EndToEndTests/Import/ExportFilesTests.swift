import Columnar
import Foundation
import PlumblineTestSupport
import Testing

/// Real files, through the command line, as their README says.
@Suite(.enabled(if: ExportFile.arePresent, "needs ../shared/exports, or PLUMBLINE_EXPORTS"))
struct ExportFilesTests {
    /// A workspace with one network and a codebook that says how the file is written.
    private func withWorkspace(_ file: ExportFile, _ body: (URL) throws -> Void) throws {
        let lines = [
            file.encoding.map { "encoding: \($0)" }, file.separator.map { "separator: \"\($0)\"" },
            file.linesAboveHeader > 0 ? "skip: \(file.linesAboveHeader)" : nil,
        ]
        let source = "sources: { export: { \(lines.compactMap(\.self).joined(separator: ", ")) } }\n"
        let configuration = """
            hub: h
            networks: { one: {} }
            privacy: { open: { minimum: 1 } }
            datasets: { d: { class: open, person: row, codebook: d.yaml } }

            """
        try withTemporaryFolder { folder in
            try Data(configuration.utf8).write(to: folder.appending(path: "plumbline.yaml"))
            try Data(source.utf8).write(to: folder.appending(path: "d.yaml"))
            try body(folder)
        }
    }

    private func load(_ file: ExportFile, in folder: URL, _ options: [String]) throws -> Finished {
        try run(
            BuiltProgram.plumb, ["import", "d", file.url.path, "--json", "--max-rejects", "9"] + options, in: folder)
    }

    @Test(arguments: ExportFile.all.filter { $0.path.hasPrefix("csv-torture/") && $0.rows > 0 })
    func tortureFilesLoadAsTheirReadmeSays(file: ExportFile) throws {
        try withWorkspace(
            file,
            { folder in
                let found = try load(file, in: folder, file.encoding.map { ["--encoding", $0] } ?? [])
                let report = try #require(try ImportFolder.Report.all(found).first, "\(found.errors)")
                #expect(report.rows_loaded == file.records - file.rejected.count)
                #expect(report.columns.count == file.columns + 1, "its own and `network`")
                let rejects = try RejectFile(report)
                #expect(rejects.rows.map { Int($0[0]) } == file.rejected)
                #expect(rejects.reasons.allSatisfy { $0.contains("cells, the header has") })
                try expectChecks(file, report, in: folder)
                let told = try load(file, in: folder, ["--source", "export"])
                #expect(try ImportFolder.Report.all(told).first?.unchanged == true, "\(told.output) \(told.errors)")
            })
    }

    /// Every cell that the README knows is in the load, as its column's type shows it.
    private func expectChecks(_ file: ExportFile, _ report: ImportFolder.Report, in folder: URL) throws {
        let loads = folder.appending(path: ".plumbline/loads/d")
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: loads.path).first)
        let table = try ArrowFileReader.read(MappedFile(path: loads.appending(path: name).path))
        for check in file.checks where !file.rejected.contains(check.record) {
            let named = report.columns.map(\.name)
            let place = check.column.first == "@" ? Int(check.column.dropFirst()).map { named[$0 - 1] } : check.column
            let column = try #require(place.flatMap { table[$0] }, "\(check.column)")
            let text = column.text(check.record - 1 - file.rejected.count { $0 < check.record })
            #expect((text ?? "") == check.text, "\(check.record),\(check.column)")
        }
        #expect(!file.checks.isEmpty)
    }

    @Test func anEmptyFileIsSaidToBeEmpty() throws {
        let file = try #require(ExportFile.all.first { $0.path == "csv-torture/zero-bytes.csv" })
        try withWorkspace(file) { folder in
            let refused = try load(file, in: folder, [])
            #expect(refused.status == 3)
            #expect(refused.errorMessage?.contains("The file is empty") == true)
        }
    }

    /// Every other delimited file loads with all its records, or is refused with a sentence that says what to do. Header
    /// rows beyond the first are records to a plain CSV reader.
    @Test(arguments: ExportFile.all.filter { !$0.path.hasPrefix("csv-torture/") })
    func otherFilesLoadOrSayWhyNot(file: ExportFile) throws {
        try withWorkspace(file) { folder in
            if file.encoding != nil {
                let refused = try load(file, in: folder, [])
                #expect(refused.status == 3)
                #expect(refused.errorMessage?.contains("--encoding windows-1252") == true)
            }
            let finished = try load(file, in: folder, file.encoding.map { ["--encoding", $0] } ?? [])
            guard finished.status == 0 else {
                #expect(finished.status == 3)
                let message = try #require(finished.errorMessage)
                #expect(message.hasSuffix(".") && message.contains(file.url.lastPathComponent))
                return
            }
            let report = try #require(try ImportFolder.Report.all(finished).first)
            #expect(report.rows_read == report.rows_loaded + report.rows_rejected)
            #expect(report.rows_rejected == 0)
            #expect(report.rows_read == file.records + file.headerRows - 1)
            // A trailing column without a name and without a cell is left out.
            #expect([file.columns, file.columns - 1].contains(report.columns.count - 1))
        }
    }
}

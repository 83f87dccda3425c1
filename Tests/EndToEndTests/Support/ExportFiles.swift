import Foundation
import PlumblineTestSupport
import Testing

/// Real exports of other programs, read where they lie and never copied: the folder named in PLUMBLINE_EXPORTS, else
/// `../shared/exports` beside the package. Its README says of each file what a correct import yields.
struct ExportFile: CustomTestStringConvertible, Sendable {
    /// A cell that is known: the record, counted from 1, the column by name or `@` and its place, and the raw text.
    struct Check: Sendable {
        var record: Int
        var column: String
        var text: String
    }

    /// The path in the folder.
    var path: String
    /// Records after the header rows, blank ones left out.
    var rows = 0
    /// Records with blank ones, where that is said.
    var records: Int
    var columns = 0
    var headerRows = 0
    /// What the README says it is written in, where it is not UTF-8.
    var encoding: String?
    var separator: String?
    var linesAboveHeader = 0
    /// Records that must be rejected.
    var rejected: [Int] = []
    var checks: [Check] = []

    var testDescription: String { path }
    var url: URL { Self.folder.appending(path: path) }

    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["PLUMBLINE_EXPORTS"] { return URL(filePath: path) }
        return Repository.root.resolvingSymlinksInPath().appending(path: "../shared/exports").standardizedFileURL
    }()

    /// For `.enabled(if:)`.
    static let arePresent = FileManager.default.fileExists(atPath: folder.appending(path: "README.md").path)

    /// All delimited files that the README describes.
    static let all: [ExportFile] = {
        let readme = try? String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
        return (readme ?? "").split(separator: "\n").compactMap { ExportFile(line: String($0)) }
    }()

    /// The file of a row of the README's table.
    private init?(line: String) {
        guard let path = line.firstMatch(of: /^\| ([^ #|]+\.(csv|tsv)) \|/)?.1 else { return nil }
        self.path = String(path)
        guard let size = line.firstMatch(of: /\*\*(\d+) x (\d+)\*\*/) else { return nil }
        (rows, columns) = (Int(size.1) ?? 0, Int(size.2) ?? 0)
        records = line.firstMatch(of: /(\d+) physical records/).flatMap { Int($0.1) } ?? rows
        headerRows = line.firstMatch(of: /header rows: (\d+)/).flatMap { Int($0.1) } ?? 1
        let encodings = ["latin-1": "latin-1", "cp1252": "windows-1252"]
        encoding = line.firstMatch(of: /encoding ([a-z0-9-]+)/).flatMap { encodings[String($0.1)] }
        let separators = ["semicolon": ";", "tab": "tab"]
        separator = line.firstMatch(of: /delimiter ([a-z]+)/).flatMap { separators[String($0.1)] }
        linesAboveHeader = line.firstMatch(of: /(\d+) line above the header/).flatMap { Int($0.1) } ?? 0
        rejected = (line.firstMatch(of: /rejected rows: ([\d, ]+)\./)?.1 ?? "").split(separator: ",").compactMap {
            Int($0.trimmingCharacters(in: .whitespaces))
        }
        guard let list = line.range(of: "checks: ") else { return }
        checks = line[list.upperBound...].matches(of: /(\d+),(.+?) = `(".*?")`(; | \|)/).compactMap { match in
            let text = try? JSONDecoder().decode(String.self, from: Data(match.3.utf8))
            return text.flatMap { text in Int(match.1).map { Check(record: $0, column: String(match.2), text: text) } }
        }
    }
}

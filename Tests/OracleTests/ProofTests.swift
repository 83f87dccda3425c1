import Foundation
import PlumblineTestSupport
import Testing

/// Every quantity of the worked references, through the Lua API in a worker. PLUMBLINE_ORACLES names another folder of
/// references (`make oracles DIR=...`).
struct ProofTests {
    /// Cases that are not ours to answer yet, and why.
    private static let postponed = ["privacy-tables": "complementary suppression is not part of the statistics"]

    /// What is asked in another folder may go beyond what the open references ask.
    private static let isAnotherFolder = ProcessInfo.processInfo.environment["PLUMBLINE_ORACLES"] != nil

    private static let isPresent: Bool = {
        if ProcessInfo.processInfo.environment["PLUMBLINE_REQUIRE_ORACLES"] == "1" { return true }
        return FileManager.default.fileExists(atPath: Oracle.folder.path)
    }()

    @Test("References of other software", .enabled(if: isPresent, Comment(rawValue: Oracle.absence)))
    func everyQuantityAgrees() throws {
        let folders = try ReferenceCase.folders(in: Oracle.folder)
        #expect(!folders.isEmpty, "there are no references in \(Oracle.folder.path)")
        var table = ProofTable()
        for folder in folders {
            for line in lines(folder) {
                table.count(line)
                switch line.verdict {
                case .pass: break
                case .notCovered where Self.isAnotherFolder: print("nothing answers \(line.place)")
                case .notCovered: Issue.record("nothing answers \(line.place)")
                case .fail(let how): Issue.record("\(line.place): \(how)")
                }
            }
        }
        print(table.text)
    }

    /// What became of a case; one that cannot be read or run is a failure of its own.
    private func lines(_ folder: URL) -> [Proof.Line] {
        do {
            let reference = try ReferenceCase(folder)
            guard Self.postponed[reference.name] == nil, reference.area != 9 else { return [] }
            return try Proof().run(reference)
        } catch {
            return [.init(place: folder.lastPathComponent, area: "no area", verdict: .fail("\(error)"))]
        }
    }
}

/// How many quantities of each area passed.
private struct ProofTable {
    private var counts: [String: (pass: Int, notCovered: Int, fail: Int)] = [:]

    mutating func count(_ line: Proof.Line) {
        var count = counts[line.area] ?? (0, 0, 0)
        switch line.verdict {
        case .pass: count.pass += 1
        case .notCovered: count.notCovered += 1
        case .fail: count.fail += 1
        }
        counts[line.area] = count
    }

    var text: String {
        let rows = counts.sorted { $0.key < $1.key }.map { area, count in
            [area, "\(count.pass)", "\(count.notCovered)", "\(count.fail)"]
        }
        let all = [["area", "pass", "not covered", "fail"]] + rows
        let widths = (0..<4).map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            row.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - row[column].count)
                return column == 0 ? row[column] + padding : padding + row[column]
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}

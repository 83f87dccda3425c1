import Foundation
import PlumblineTestSupport
import Statistics
import TabularIO
import Testing

/// Generated files, read by us and by Python's csv module.
@Suite(.enabled(if: Python.isAvailable, "needs the Python environment: run `make setup`"))
struct CSVDifferentialTests {
    @Test func pythonReadsTheSameRecords() throws {
        try withTemporaryFolder { folder in
            var random = SplitMix64(seed: 41)
            let texts = (0..<400).map { _ in Self.file(&random) }
            for (number, text) in texts.enumerated() {
                try Data(text.utf8).write(to: folder.appending(path: "\(number).csv"))
            }
            let script = """
                import csv, json, sys
                def records(path):
                    with open(path, newline="", encoding="utf-8-sig") as file:
                        return [record for record in csv.reader(file) if record]
                print(json.dumps([records(f"{sys.argv[1]}/{number}.csv") for number in range(int(sys.argv[2]))]))
                """
            let finished = try Python.run(script, [folder.path, "\(texts.count)"])
            #expect(finished.status == 0, "\(finished.errors)")
            let theirs = try JSONDecoder().decode([[[String]]].self, from: Data(finished.output.utf8))
            for (text, wanted) in zip(texts, theirs) {
                let ours = try CSVReading.records(text)
                #expect(ours == wanted, "\(text.debugDescription)")
            }
        }
    }

    /// A header and some records; ends of lines, blank lines, quotes and raggedness as they come.
    private static func file(_ random: inout SplitMix64) -> String {
        let width = Int.random(in: 1...4, using: &random)
        let mark = random.chance(20) ? "\u{feff}" : ""
        var text = mark + (0..<width).map { "column \($0)" }.joined(separator: ",") + end(&random)
        for _ in 0..<Int.random(in: 0...8, using: &random) {
            if random.chance(15) { text += end(&random) }
            let count = random.chance(20) ? Int.random(in: 1...6, using: &random) : width
            text += (0..<count).map { _ in cell(&random) }.joined(separator: ",") + end(&random)
        }
        if random.chance(40) { text += (0..<width).map { _ in cell(&random) }.joined(separator: ",") }
        return text
    }

    private static func end(_ random: inout SplitMix64) -> String {
        random.pick(["\n", "\n", "\r\n", "\r"])
    }

    private static func cell(_ random: inout SplitMix64) -> String {
        let bare = ["", "a", "12", " ", "é", "b\"c", "\t", "0.5", "日本", "'"]
        let inside = bare + [",", "\n", "\r\n", "\r", "\"\"", "x y"]
        func words(_ choices: [String]) -> String {
            (0..<Int.random(in: 0...4, using: &random)).map { _ in random.pick(choices) }.joined()
        }
        guard random.chance(50) else {
            // A quote opens a quoted cell only where it comes first.
            let text = words(bare)
            return text.hasPrefix("\"") ? "q" + text : text
        }
        let quoted = "\"" + words(inside).replacing("b\"c", with: "bc") + "\""
        return random.chance(10) ? quoted + words(["a", "1", "b\"c", " "]) : quoted
    }
}

import Foundation
import MeasureLanguage
import PlumblineTestSupport
import Testing

/// The examples of the documentation, run on its example file.
struct ExampleTests {
    /// The file that `Documentation/lua-api.md` begins with.
    private static func exampleFile() throws -> String {
        let page = try String(
            contentsOf: Repository.root.appending(path: "Documentation/lua-api.md"), encoding: .utf8)
        return String(try #require(page.firstMatch(of: /```csv\n((?:.*\n)*?)```/)).1)
    }

    private static let answered = MeasureLanguage.entries.compactMap { entry in
        entry.example.flatMap { example in example.answer.map { (example.code, $0) } }
    }

    @Test(arguments: answered) func anExampleGivesWhatItSays(code: String, answer: String) throws {
        let finished = try withTemporaryFolder { folder in
            try Data(try Self.exampleFile().utf8).write(to: folder.appending(path: "survey.csv"))
            return try run(
                BuiltProgram.plumb, ["eval", "--csv", "survey.csv", "--expr", code, "--json"], in: folder)
        }
        #expect(finished.status == 0, "\(finished.errors)")
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(finished.output.utf8)) as? [String: Any])
        if let result = json["result"] as? String {
            #expect("\"\(result)\"" == answer)
            return
        }
        let observation = try #require((json["observations"] as? [[String: Any]])?.first)
        if let expected = Double(answer) {
            let value = try #require(observation["value"] as? Double)
            #expect(abs(value - expected) <= 0.0005 * max(1, abs(expected)), "\(value)")
        } else {
            #expect(observation["status"] as? String == answer)
        }
    }

    @Test func mostEntriesCanBeTried() {
        let withExample = MeasureLanguage.entries.filter { $0.example != nil }
        #expect(withExample.count * 10 > MeasureLanguage.entries.count * 7)
        #expect(Self.answered.count > 40)
    }
}

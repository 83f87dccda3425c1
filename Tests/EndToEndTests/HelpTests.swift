import Foundation
import PlumblineTestSupport
import Testing

/// What `--help` says of each command, held against golden files. `UPDATE_GOLDEN=1` writes them anew.
struct HelpTests {
    private static let commands = [
        "", "init", "demo", "import", "data", "data remove", "check", "test", "eval", "nightly", "edition",
        "edition list", "edition show", "feed", "feed export", "plugin", "plugin new", "plugin check", "plugin pack",
        "plugin sign", "plugin verify", "plugin publish", "plugin yank", "plugin add", "plugin update", "plugin remove",
        "plugin list", "plugin approve", "plugin fork", "types", "doctor",
    ]

    private static let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

    @Test(arguments: commands) func helpIsAsItWas(command: String) throws {
        let finished = try run(BuiltProgram.plumb, command.split(separator: " ").map(String.init) + ["--help"])
        #expect(finished.status == 0)
        let name = command.isEmpty ? "plumb" : "plumb-" + command.replacing(" ", with: "-")
        let file = Self.golden.appending(path: "\(name).txt")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(finished.output.utf8).write(to: file)
        }
        #expect(finished.output == (try? String(contentsOf: file, encoding: .utf8)))
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func shellsCanCompleteIt(shell: String) throws {
        let finished = try run(BuiltProgram.plumb, ["--generate-completion-script", shell])
        #expect(finished.status == 0)
        #expect(finished.output.contains("nightly"))
        guard shell == "bash" else { return }
        let checked = try run(URL(filePath: "/bin/bash"), ["-n"], input: finished.output)
        #expect(checked.status == 0, "\(checked.errors)")
    }

    @Test func theVersionIsANumber() throws {
        let finished = try run(BuiltProgram.plumb, ["--version"])
        #expect(finished.status == 0)
        #expect(finished.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    }
}

import Foundation
import PlumblineTestSupport
import Testing

/// Replays the README: writes its files, runs its commands, compares what they print.
struct ReadmeTests {
    /// A piece of the README in its order.
    private enum Step {
        case file(path: String, text: String)
        case command(String, output: String)
    }

    private static func steps() throws -> [Step] {
        let text = try String(contentsOf: Repository.root.appending(path: "README.md"), encoding: .utf8)
        var steps: [Step] = []
        var path: String?
        var block: (kind: String, lines: [String])?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if let match = line.wholeMatch(of: /<!-- file: (.+) -->/) {
                path = String(match.1)
            } else if line.hasPrefix("```") {
                guard let open = block else {
                    block = (String(line.dropFirst(3)), [])
                    continue
                }
                if let target = path {
                    steps.append(.file(path: target, text: open.lines.joined(separator: "\n") + "\n"))
                } else if open.kind == "console" {
                    steps += commands(open.lines)
                }
                (path, block) = (nil, nil)
            } else {
                block?.lines.append(line)
            }
        }
        return steps
    }

    private static func commands(_ lines: [String]) -> [Step] {
        var steps: [Step] = []
        var command: String?
        var output: [String] = []
        func flush() {
            if let command { steps.append(.command(command, output: output.joined(separator: "\n"))) }
        }
        for line in lines {
            if line.hasPrefix("$ ") {
                flush()
                (command, output) = (String(line.dropFirst(2)), [])
            } else {
                output.append(line)
            }
        }
        flush()
        return steps
    }

    /// Whether the output is as the README shows it; `…` stands for anything on a line.
    private static func matches(_ output: String, _ shown: String) -> Bool {
        let (lines, wanted) = (output.split(separator: "\n"), shown.split(separator: "\n"))
        guard lines.count == wanted.count else { return false }
        return zip(lines, wanted).allSatisfy { line, wanted in
            var rest = line[...]
            let pieces = wanted.split(separator: "…", omittingEmptySubsequences: false)
            for (index, piece) in pieces.enumerated() {
                if index == 0 {
                    guard rest.hasPrefix(piece) else { return false }
                    rest = rest.dropFirst(piece.count)
                } else if index == pieces.count - 1 {
                    return rest.hasSuffix(piece)
                } else {
                    guard let found = rest.firstRange(of: piece) else { return false }
                    rest = rest[found.upperBound...]
                }
            }
            return rest.isEmpty
        }
    }

    @Test func theReadmeShowsWhatTheProgramPrints() throws {
        let steps = try Self.steps()
        #expect(steps.count >= 12)
        try withTemporaryFolder { folder in
            var current = folder
            for step in steps {
                switch step {
                case .file(let path, let text): try Data(text.utf8).write(to: folder.appending(path: path))
                case .command(let command, let output):
                    if command.hasPrefix("cd ") {
                        current = current.appending(path: String(command.dropFirst(3)))
                        continue
                    }
                    let search = BuiltProgram.folder.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
                    let finished = try run(
                        URL(filePath: "/bin/sh"), ["-c", command], in: current, environment: ["PATH": search])
                    #expect(finished.errors.isEmpty, "\(command): \(finished.errors)")
                    #expect(
                        Self.matches(finished.output, output),
                        "\(command) printed:\n\(finished.output)\nthe README shows:\n\(output)")
                }
            }
        }
    }
}

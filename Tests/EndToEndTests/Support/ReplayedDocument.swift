import Foundation
import PlumblineTestSupport
import Testing

/// A document whose files and commands can be replayed: writes the files, runs the commands, compares what they print.
///
/// A fenced block behind `<!-- file: PATH -->` is a file; one of the kind `console` holds commands behind `$ ` and what they
/// print, `…` standing for anything on a line.
struct ReplayedDocument {
    /// A piece of the document in its order.
    enum Step {
        case file(path: String, text: String)
        case command(String, output: String)
    }

    let name: String
    let steps: [Step]

    /// Reads a document of the repository.
    init(_ path: String) throws {
        name = path
        let text = try String(contentsOf: Repository.root.appending(path: path), encoding: .utf8)
        steps = Self.steps(text)
    }

    private static func steps(_ text: String) -> [Step] {
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

    /// Replays it. Commands of programs in `skipped` are left out; `path` is searched for programs first. `before` is asked
    /// before each command, with the folder it is to run in, and says what to run instead; nil leaves it out.
    func replay(
        skipping skipped: Set<String> = [], path: [String] = [],
        before: (_ command: String, _ folder: URL) throws -> String? = { command, _ in command }
    ) throws {
        let search = path + [BuiltProgram.folder.path, ProcessInfo.processInfo.environment["PATH"] ?? ""]
        try withTemporaryFolder { folder in
            var current = folder
            for step in steps {
                switch step {
                case .file(let path, let text): try Data(text.utf8).write(to: folder.appending(path: path))
                case .command(let command, let output):
                    let words = command.split(separator: " ").map(String.init)
                    if words[0] == "cd" {
                        current = current.appending(path: words[1])
                    } else if !skipped.contains(words[0]), let command = try before(command, current) {
                        try check(command, output, in: current, ["PATH": search.joined(separator: ":")])
                    }
                }
            }
        }
    }

    private func check(_ command: String, _ shown: String, in folder: URL, _ environment: [String: String]) throws {
        let finished = try run(URL(filePath: "/bin/sh"), ["-c", command], in: folder, environment: environment)
        #expect(finished.errors.isEmpty, "\(command): \(finished.errors)")
        #expect(
            Self.matches(finished.output, shown),
            "\(command) printed:\n\(finished.output)\n\(name) shows:\n\(shown)")
    }
}

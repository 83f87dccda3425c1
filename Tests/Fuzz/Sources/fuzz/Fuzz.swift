import Foundation
import Statistics

/// Tries readers of foreign bytes on damaged inputs, and measures from a grammar: `fuzz [--target NAME] [--rounds N | --seconds N] [--seed N]
/// [--work FOLDER] [--corpus FOLDER]... [FILE...]`. With files, reads these as they are and says what came of each.
///
/// A crash ends the process; the input that did it is then in the work folder under the target's name. `--rounds` tries
/// the same inputs whenever it is given the same seed and the same corpus.
@main
struct Fuzz {
    /// What is tried; another reader is another line.
    static let targets: [any FuzzTarget] = [
        ArrowTarget(),
        DelimitedTarget(),
        SourcesTarget(),
    ]

    static func main() {
        do {
            let options = try FuzzOptions(CommandLine.arguments.dropFirst())
            let chosen = targets.filter { options.target == nil || options.target == $0.name }
            guard !chosen.isEmpty else { throw FuzzProblem("There is no target `\(options.target ?? "")`.") }
            for target in chosen {
                let run = try FuzzRun(target, options)
                try options.files.isEmpty ? run.mutations() : run.files(options.files)
            }
        } catch {
            say("\(error)")
            exit(1)
        }
    }
}

/// Prints a line at once, so that a crash takes none with it.
func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
}

/// A reader and how to try it.
protocol FuzzTarget: Sendable {
    /// Its name on the command line.
    var name: String { get }

    /// Sound inputs, which the changes start from.
    func seeds() throws -> [[UInt8]]

    /// What in a sound input decides about the rest: lengths, offsets, kinds.
    func anatomy(of seed: [UInt8]) -> Anatomy

    /// An input that is made from nothing, where the target knows how; tried in turn with changed ones.
    func fresh(_ random: inout SplitMix64) -> [UInt8]?

    /// Reads an input and everything that comes out of it.
    ///
    /// - Returns: nil when the input was taken, else the typed error that refused it.
    /// - Throws: When something came out that must not.
    func read(_ input: FuzzInput) throws -> String?
}

extension FuzzTarget {
    func fresh(_ random: inout SplitMix64) -> [UInt8]? { nil }
}

/// Something that the reader must not do, or a wrong use of this program.
struct FuzzProblem: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

/// What the command line says.
struct FuzzOptions {
    var target: String?
    var rounds: Int?
    var seconds = 60
    var seed: UInt64 = 1
    var work = "."
    var corpora: [String] = []
    var files: [String] = []

    init(_ arguments: ArraySlice<String>) throws {
        var rest = arguments
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--") else {
                files.append(argument)
                continue
            }
            guard let value = rest.popFirst() else { throw FuzzProblem("`\(argument)` needs a value.") }
            switch argument {
            case "--target": target = value
            case "--rounds": rounds = Int(value)
            case "--seconds": seconds = Int(value) ?? seconds
            case "--seed": seed = UInt64(value) ?? seed
            case "--work": work = value
            case "--corpus": corpora.append(value)
            default: throw FuzzProblem("There is no option `\(argument)`.")
            }
        }
    }
}

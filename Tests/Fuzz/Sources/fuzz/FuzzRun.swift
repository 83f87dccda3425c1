import Foundation
import Statistics

/// One target tried on many inputs.
struct FuzzRun {
    private let target: any FuzzTarget
    private let options: FuzzOptions
    /// Where the input is that is being read.
    private let current: String
    private let trace = FuzzTrace()
    /// An input that takes longer than this ends the process.
    private static let secondsPerInput: UInt32 = 60

    init(_ target: any FuzzTarget, _ options: FuzzOptions) throws {
        self.target = target
        self.options = options
        current = options.work + "/\(target.name).input"
        try FileManager.default.createDirectory(atPath: options.work, withIntermediateDirectories: true)
    }

    /// Reads files as they are.
    func files(_ paths: [String]) throws {
        for path in paths {
            let verdict = try read([UInt8](Data(contentsOf: URL(filePath: path))), seed: 0)
            say("\(path): \(verdict ?? "read")")
        }
    }

    /// Reads the seeds, which must be taken or refused as they are, and then changed ones.
    func mutations() throws {
        let own = try target.seeds()
        for (index, seed) in own.enumerated() {
            if let refusal = try read(seed, seed: 0) {
                throw FuzzProblem("The sound input \(index) is refused: \(refusal)")
            }
        }
        let corpus = try options.corpora.flatMap(Self.files)
        for seed in corpus { _ = try read(seed, seed: 0) }
        let mutator = Mutator(seeds: (own + corpus).map { ($0, target.anatomy(of: $0)) })
        let end = Date().addingTimeInterval(Double(options.seconds))
        var (round, taken) = (0, 0)
        while options.rounds.map({ round < $0 }) ?? (Date() < end) {
            // A round does not depend on those before it.
            let seed = options.seed &* 0x9e37_79b9_7f4a_7c15 &+ UInt64(round)
            var random = SplitMix64(seed: seed)
            let input = target.fresh(&random).flatMap { random.below(2) == 0 ? $0 : nil } ?? mutator.input(&random)
            if try read(input, seed: seed) == nil { taken += 1 }
            round += 1
        }
        say(
            "\(target.name): \(round) inputs from \(own.count) + \(corpus.count) sound ones, "
                + "\(taken) read, \(round - taken) refused; mark \(String(trace.mark, radix: 16))")
    }

    private func read(_ bytes: [UInt8], seed: UInt64) throws -> String? {
        alarm(Self.secondsPerInput)
        defer { alarm(0) }
        try Data(bytes).write(to: URL(filePath: current))
        do {
            return try target.read(FuzzInput(bytes: bytes, path: current, seed: seed, trace: trace))
        } catch {
            throw FuzzProblem("\(target.name): \(error)\nThe input is in \(current).")
        }
    }

    /// The files of a folder by name; none where there is no folder.
    private static func files(in folder: String) throws -> [[UInt8]] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        let urls = names.filter { !$0.hasSuffix(".json.gz") && !$0.hasSuffix(".txt") }.map {
            URL(filePath: folder).appending(path: $0)
        }
        return try urls.map { [UInt8](try Data(contentsOf: $0)) }
    }
}

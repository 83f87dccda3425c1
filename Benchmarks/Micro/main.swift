// Hot loops in one process, for the rows of Benchmarks/ that time a part of the program. Each prints one JSON object.
//
//   plumb-bench parse FILE.csv REPEATS          a CSV file to columns
//   plumb-bench evaluate JOB.json               one measure over Arrow files, see EvaluationJob
//   plumb-bench fresh MEASURE.lua GROUPS        a fresh definition for each group
//   plumb-bench state STATES                    empty sandboxes, opened and closed

import Foundation

let arguments = CommandLine.arguments
do {
    switch arguments.dropFirst().first {
    case "parse" where arguments.count == 4:
        try ParseBenchmark(path: arguments[2], repeats: Int(arguments[3]) ?? 1).run()
    case "evaluate" where arguments.count == 3:
        try EvaluationBenchmark(job: EvaluationJob(path: arguments[2])).run()
    case "fresh" where arguments.count == 4:
        try FreshnessBenchmark(path: arguments[2], groups: Int(arguments[3]) ?? 1).run()
    case "state" where arguments.count == 3:
        try StateBenchmark(states: Int(arguments[2]) ?? 1).run()
    default:
        throw Trouble("usage: plumb-bench parse FILE REPEATS | evaluate JOB | fresh MEASURE GROUPS | state STATES")
    }
} catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(2)
}

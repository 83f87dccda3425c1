import Foundation
import MeasureModel

/// By how much scripts went over their CPU limit before they were stopped, as their own clocks show it.
struct Overshoot {
    private var milliseconds: [Double] = []
    /// Scripts that went on until their process was ended.
    private var endedProcesses = 0
    /// Those of them that had no group yet, or were a file's tests, and so told nothing.
    private var untold = 0

    /// Of the measures that were stopped by the clock.
    init(_ outcomes: [HostileRun.Outcome], limit: Double) {
        for outcome in outcomes where outcome.verdict == "cpu_limit" {
            if outcome.hasDied { endedProcesses += 1 }
            if let seconds = outcome.result?.usage.cpuSeconds ?? outcome.secondsAtEnd {
                milliseconds.append(max(0, seconds - limit) * 1000)
            } else if outcome.hasDied {
                untold += 1
            }
        }
        milliseconds.sort()
    }

    private func quantile(_ share: Double) -> String {
        guard let last = milliseconds.indices.last else { return "-" }
        return String(format: "%.1f ms", milliseconds[Int((Double(last) * share).rounded(.up))])
    }

    /// In one line.
    var text: String {
        "\(milliseconds.count) stops by CPU time, over the limit by \(quantile(0.5)) in the middle, \(quantile(0.99)) at the "
            + "99th percentile, \(quantile(1)) at most; \(endedProcesses) ended with their process, \(untold) of them untold"
    }
}

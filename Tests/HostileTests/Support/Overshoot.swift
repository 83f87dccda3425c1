import Foundation
import MeasureModel

/// By how much scripts went over their CPU limit before they were stopped; `make bench-limits` shows it.
struct Overshoot {
    private var milliseconds: [Double] = []
    /// Scripts that went on until their process was ended.
    private var endedProcesses = 0

    /// Of the measures that were stopped by the clock.
    init(_ outcomes: [HostileRun.Outcome], limit: Double) {
        for outcome in outcomes where outcome.verdict == "cpu_limit" {
            if let result = outcome.result {
                milliseconds.append(max(0, result.usage.cpuSeconds - limit) * 1000)
            } else {
                // The process ends after another half of the limit and 50 ms.
                endedProcesses += 1
                milliseconds.append(limit * 500 + 50)
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
            + "99th percentile, \(quantile(1)) at most; \(endedProcesses) ended with their process"
    }
}

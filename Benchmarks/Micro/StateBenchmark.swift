import LuaSandbox
import MeasureHost

/// What an empty sandbox costs: opened with all that a measure can call, and closed again.
struct StateBenchmark {
    let states: Int

    private struct Figures: Encodable {
        var seconds: [Double]
        var states: Int
    }

    func run() throws {
        let host = Silent()
        func open() throws { _ = try LuaState(limits: LuaLimits(), interface: VerbTable.interface, host: host) }
        for _ in 0..<100 { try open() }
        let taken = try cpuSeconds { for _ in 0..<states { try open() } }
        try report(Figures(seconds: [taken], states: states))
    }
}

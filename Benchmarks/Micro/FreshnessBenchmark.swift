import Foundation
import LuaSandbox

/// What it costs to give each group a freshly instantiated definition: the chunk runs again in a new environment.
struct FreshnessBenchmark {
    let path: String
    let groups: Int

    private struct Figures: Encodable {
        var seconds: [Double]
        var groups: Int
    }

    func run() throws {
        let source = Array(try Data(contentsOf: URL(filePath: path)))
        var limits = LuaLimits()
        limits.cpuSeconds = 600
        var state = try LuaState(limits: limits, interface: Silent.interface, host: Silent())
        try state.load(name: "benchmark.lua", source: source)
        for _ in 0..<100 { try state.instantiate(seed: 0) }
        let taken = try cpuSeconds { for group in 0..<groups { try state.instantiate(seed: UInt64(group)) } }
        try report(Figures(seconds: [taken], groups: groups))
    }
}

/// A host that is not called.
final class Silent: LuaHost {
    static let interface = LuaInterface(objectNames: ["group"], bindings: [])

    func call(_ function: UInt16, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue { .none }
    func release(_ object: LuaObject) {}
}

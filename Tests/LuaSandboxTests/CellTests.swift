import LuaSandbox
import Testing

/// Cells of rows are fetched a block at a time, and each block once: where Lua keeps the names of columns differs from
/// process to process, and must not show in what a script uses.
struct CellTests {
    /// A table of as many columns as are asked for; tells how many blocks were fetched.
    private final class Grid: LuaHost {
        private(set) var fetched = 0

        static let rows = 600

        static let interface = LuaInterface(
            objectNames: ["group", "row"],
            bindings: [
                LuaBinding(kind: 0, name: "group", function: 0),
                LuaBinding(kind: 1, name: "rows", function: 1, form: .rows(kind: 2)),
                LuaBinding(kind: 2, name: "__index", function: 2, form: .cells),
            ])

        func call(_ function: UInt16, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
            switch function {
            case 0: return .object(LuaObject(kind: 1, id: 1))
            case 1: return .integer(Int64(Self.rows))
            case 3:
                guard case .object(let row) = arguments[0] else { return .none }
                fetched += 1
                return .column(
                    LuaColumn((Int(row.aux)..<min(Int(row.aux) + 256, Self.rows)).map(Double.init)[...], .numbers))
            default: return .none
            }
        }

        func release(_ object: LuaObject) {}
    }

    private func fetched(columns: Int, junk: Int) throws -> Int {
        let host = Grid()
        var limits = LuaLimits()
        limits.cpuSeconds = 600
        var state = try LuaState(limits: limits, interface: Grid.interface, host: host)
        let source = """
            return measure { value = function()
              local junk, names, sum = {}, {}, 0
              for i = 1, \(junk) do junk[i] = { i } end
              for i = 1, \(columns) do names[i] = "q" .. i end
              for r in group():rows() do for i = 1, #names do sum = sum + r[names[i]] end end
              return sum
            end }
            """
        try state.load(name: "cells.lua", source: Array(source.utf8))
        try state.instantiate(seed: 1)
        let sum = Double((0..<Grid.rows).reduce(0, +) * columns)
        #expect(try state.call("value", []).asNumber == sum)
        return host.fetched
    }

    @Test(arguments: [1, 2, 40, 100]) func eachBlockIsFetchedOnce(columns: Int) throws {
        for junk in [0, 1, 7, 100, 1000] {
            #expect(try fetched(columns: columns, junk: junk) == columns * 3)
        }
    }

    /// More columns than are kept at a time.
    @Test func veryManyColumnsAreReadAllTheSame() throws {
        let counts = try Set([0, 1, 7].map { try fetched(columns: 300, junk: $0) })
        #expect(counts.count == 1)
    }
}

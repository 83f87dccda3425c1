import LuaSandbox

/// The host of these tests: a few functions that show how the border between Lua and Swift behaves.
final class TestHost: LuaHost {
    /// Objects that scripts hold.
    private(set) var live: Set<UInt32> = []
    /// Objects that Lua has given back.
    private(set) var released = 0
    /// Swift frames of host functions that were left in good order, by `defer` and by `deinit`.
    private(set) var deferred = 0
    private let deinits = Counter()
    /// How often `starve` still refuses.
    var refusals = 0
    /// Calls of `starve`.
    private(set) var starved = 0
    /// What was mapped last.
    private(set) var mapped: [LuaMapped] = []
    /// What is told of work and memory.
    var meter: LuaMeter?
    private var nextID: UInt32 = 0

    /// How many probes have gone.
    var deinitialized: Int { deinits.value }

    private final class Counter {
        var value = 0
    }

    /// Counts when it goes: a frame that a longjmp skipped would leave it behind.
    private final class Probe {
        private let counter: Counter
        init(_ counter: Counter) { self.counter = counter }
        func touch() {}
        deinit { counter.value += 1 }
    }

    private enum Function: UInt16, CaseIterable {
        case echo, fail, starve, text, list, box, count, hoard, work
        case boxIndex, boxRows, boxEach, mapCount, mapElement, mapResult, rowIndex, boxAdd
    }

    static let boxKind: UInt8 = 1
    static let rowKind: UInt8 = 2

    static let interface = LuaInterface(
        objectNames: ["box", "row"],
        bindings: [
            LuaBinding(kind: 0, name: "echo", function: Function.echo.rawValue),
            LuaBinding(kind: 0, name: "fail", function: Function.fail.rawValue),
            LuaBinding(kind: 0, name: "starve", function: Function.starve.rawValue),
            LuaBinding(kind: 0, name: "text", function: Function.text.rawValue),
            LuaBinding(kind: 0, name: "list", function: Function.list.rawValue),
            LuaBinding(kind: 0, name: "box", function: Function.box.rawValue),
            LuaBinding(kind: 0, name: "count", function: Function.count.rawValue),
            LuaBinding(kind: 0, name: "hoard", function: Function.hoard.rawValue),
            LuaBinding(kind: 0, name: "work", function: Function.work.rawValue),
            LuaBinding(kind: boxKind, name: "__index", function: Function.boxIndex.rawValue),
            LuaBinding(
                kind: boxKind, name: "rows", function: Function.boxRows.rawValue, form: .rows(kind: rowKind)),
            LuaBinding(kind: boxKind, name: "each", function: Function.boxEach.rawValue, form: .each),
            LuaBinding(kind: boxKind, name: "map", function: Function.mapCount.rawValue, form: .map),
            LuaBinding(kind: boxKind, name: "__add", function: Function.boxAdd.rawValue),
            LuaBinding(kind: rowKind, name: "__index", function: Function.rowIndex.rawValue),
        ])

    func call(_ function: UInt16, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let probe = Probe(deinits)
        defer {
            deferred += 1
            probe.touch()
        }
        switch Function(rawValue: function) {
        case .echo, .boxAdd: return arguments[0]
        case .fail: throw .message(arguments[0].asString ?? "no text")
        case .starve: return try starve()
        case .text: return .string(String(repeating: "x", count: integer(arguments[0])))
        case .list: return .table(LuaTable(list: (0..<integer(arguments[0])).map { .integer(Int64($0)) }))
        case .box: return box()
        case .count: return .integer(Int64(arguments.count))
        case .hoard:
            meter?.billMemory(integer(arguments[0]))
            return .none
        case .work:
            meter?.billWork(integer(arguments[0]))
            return .none
        case .boxIndex: return .string("field " + (arguments[1].asString ?? arguments[1].typeName))
        case .boxRows: return .integer(3)
        case .boxEach: return .table(LuaTable(list: [.string("a"), box(), .string("b"), box()]))
        case .mapCount: return .integer(4)
        case .mapElement: return arguments[1] == .integer(2) ? .none : arguments[1]
        case .mapResult:
            mapped = arguments.mapped(at: 1)
            return .integer(Int64(mapped.count))
        case .rowIndex:
            guard case .object(let row) = arguments[0] else { return .none }
            return .integer(row.aux)
        case nil: throw .message("no such function")
        }
    }

    func release(_ object: LuaObject) {
        guard object.kind == Self.boxKind else { return }
        live.remove(object.id)
        released += 1
    }

    private func starve() throws(LuaHostError) -> LuaValue {
        starved += 1
        if refusals > 0 {
            refusals -= 1
            throw .needsMemory
        }
        return .boolean(true)
    }

    private func box() -> LuaValue {
        nextID += 1
        live.insert(nextID)
        return .object(LuaObject(kind: Self.boxKind, id: nextID))
    }

    private func integer(_ value: LuaValue) -> Int { Int(value.asNumber ?? 0) }
}

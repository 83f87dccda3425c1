import LuaSandbox
import MeasureModel
import Statistics

/// The kinds of objects that scripts hold; raw values are the numbers the sandbox knows them by.
enum ObjectKind: UInt8, CaseIterable {
    case group = 1
    case column
    case row
    case estimate
    case weighted
    case missing
    case companions
    case design
    case graph

    /// As Lua's messages call it.
    var name: String {
        switch self {
        case .group: "group"
        case .column: "column"
        case .row: "row"
        case .estimate: "estimate"
        case .weighted: "weighted column"
        case .missing: "missing value"
        case .companions: "list of datasets"
        case .design: "survey design"
        case .graph: "graph"
        }
    }
}

/// What stands behind an object that a script holds: a reference, so that handing it on costs no copy of what is in it.
enum HostObject {
    case group(GroupView)
    case column(ColumnView)
    case estimate(HostEstimate)
    case weighted(WeightedColumn)
    /// `g.with`: the further datasets of a group.
    case companions(GroupView)
    /// `g:design{ ... }`: how a survey's rows were drawn.
    case design(DesignView)
    case graph(GraphView)

    var kind: ObjectKind {
        switch self {
        case .group: .group
        case .column: .column
        case .estimate: .estimate
        case .weighted: .weighted
        case .companions: .companions
        case .design: .design
        case .graph: .graph
        }
    }

    /// Memory that is there because of it.
    var byteCount: Int {
        switch self {
        case .group(let group):
            if case .list(let list) = group.rows { Self.overhead + list.count * 4 } else { Self.overhead }
        case .column(let column): Self.overhead + (column.ownsMemory ? column.data.byteCount : 0)
        case .estimate(let estimate): Self.overhead + estimate.byteCount
        case .design(let design): Self.overhead + design.byteCount
        case .graph(let graph): Self.overhead + graph.byteCount
        case .weighted, .companions: Self.overhead
        }
    }

    /// About what an object without rows of its own takes, with its place in the table of objects.
    static let overhead = 256

    /// What it refers to.
    var held: HeldObject {
        switch self {
        case .group(let group), .companions(let group): group
        case .column(let column): column
        case .estimate(let estimate): estimate
        case .weighted(let weighted): weighted
        case .design(let design): design
        case .graph(let graph): graph
        }
    }
}

/// Something that the host holds for a script. Its memory is the script's as long as anything leads to it, not only while
/// the script itself does: an estimate keeps the column that it was computed from, and a column its group.
class HeldObject {
    private var bill: MemoryBill?

    /// Bills its memory, once.
    final func bill(_ bytes: Int, to meter: LuaMeter) {
        if bill == nil { bill = MemoryBill(bytes, meter) }
    }
}

/// Memory that is billed as long as the value lives.
private struct MemoryBill: ~Copyable {
    private let bytes: Int
    private let meter: LuaMeter

    init(_ bytes: Int, _ meter: LuaMeter) {
        self.bytes = bytes
        self.meter = meter
        meter.billMemory(bytes)
    }

    deinit {
        meter.billMemory(-bytes)
    }
}

/// Values of a group's rows: a column of the data or computed from such.
final class ColumnView: HeldObject {
    let group: GroupView
    let data: ColumnData
    /// Its name, where it is a column of the data as it stands.
    let name: String?
    /// Whether it was computed, so that its memory is the script's.
    let ownsMemory: Bool

    init(group: GroupView, data: ColumnData, name: String? = nil, ownsMemory: Bool = false) {
        self.group = group
        self.data = data
        self.name = name
        self.ownsMemory = ownsMemory
    }

    /// Whether its values are those of a dimension, which are published as they are. A column that was joined under a
    /// dimension's name may hold anything: it must be one in its own dataset.
    var isDimension: Bool {
        guard let name, group.joined[name]?.isDimension ?? true else { return false }
        return group.frame.dataset.description.dimensions.contains(name)
    }
}

/// A column whose rows count for more or less.
final class WeightedColumn: HeldObject {
    let column: ColumnView
    let weights: ArraySlice<Double>
    /// Whether rows can count for so much: no weight is negative or infinite.
    let isUsable: Bool

    init(column: ColumnView, weights: ArraySlice<Double>) {
        self.column = column
        self.weights = weights
        isUsable = !weights.contains { $0 < 0 || $0 == .infinity }
    }
}

/// An estimate in a script's hands, or the reason why there is none.
final class HostEstimate: HeldObject {
    /// How it stands without a number.
    enum Outcome {
        case value(Estimate)
        case insufficient(String)
        case notApplicable(String)
    }

    /// What a difference needs to know of it.
    enum Basis {
        case mean(Moments)
        case share(successes: Int, trials: Int)
        case rate(EventRate)
    }

    /// What it carries besides its number, by name: `e.p`, `e.df`.
    struct Detail {
        var value: LuaValue
        /// Whether it speaks of single rows.
        var showsRows = false
        /// The persons it rests on, where they are not all those of the estimate.
        var persons: Int?

        /// About what it takes.
        var byteCount: Int { Self.byteCount(value) }

        private static func byteCount(_ value: LuaValue) -> Int {
            switch value {
            case .column(let column): 32 + column.values.count * 8
            case .table(let table): table.entries.reduce(64) { $0 + 64 + byteCount($1.value) }
            case .string(let text): 32 + text.utf8.count
            default: 32
            }
        }
    }

    /// Details that take longer than the number itself, so that those who want the number alone do not wait for them.
    struct DeferredDetails {
        /// Those that there may be.
        var names: Set<String>
        /// About what they will take.
        var byteCount: Int
        var compute: () -> [String: Detail]
    }

    let outcome: Outcome
    let basis: Basis?
    /// The column it was computed from: who is behind it.
    let column: ColumnView?
    private var details: [String: Detail]
    private var deferred: DeferredDetails?
    /// Memory of its details.
    let byteCount: Int

    init(
        outcome: Outcome, basis: Basis? = nil, column: ColumnView? = nil, details: [String: Detail] = [:],
        deferred: DeferredDetails? = nil
    ) {
        self.outcome = outcome
        self.basis = basis
        self.column = column
        self.details = details
        self.deferred = deferred
        byteCount = details.values.reduce(deferred?.byteCount ?? 0) { $0 + $1.byteCount }
    }

    /// A detail; the deferred ones are computed when the first of them is asked for, and so is the error of a mean.
    func detail(_ name: String) -> Detail? {
        if let known = details[name] { return known }
        if name == "se", case .mean(let moments) = basis {
            return moments.standardError.map { Detail(value: .number($0)) }
        }
        guard let deferred, deferred.names.contains(name) else { return nil }
        self.deferred = nil
        details.merge(deferred.compute()) { known, _ in known }
        return details[name]
    }

    var estimate: Estimate? {
        if case .value(let estimate) = outcome { estimate } else { nil }
    }

    static func insufficient(_ reason: String) -> HostEstimate {
        HostEstimate(outcome: .insufficient(reason))
    }
}

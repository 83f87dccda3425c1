import CivilCalendar
import Columnar

/// Columns as tests write them: nil is missing.
enum Cells {
    static func numbers(_ name: String, _ values: [Double?]) -> Column {
        Column(name: name, values: .float64(Buffer(values.map { $0 ?? 0 })), validity: validity(values))
    }

    /// Whole numbers in the narrow type an importer would choose.
    static func integers(_ name: String, _ values: [Int?]) -> Column {
        Column(name: name, values: .integers(.int8(Buffer(values.map { Int8($0 ?? 0) }))), validity: validity(values))
    }

    static func truths(_ name: String, _ values: [Bool?]) -> Column {
        Column(name: name, values: .bool(Bitmap(values.map { $0 ?? false })), validity: validity(values))
    }

    /// Days such as `2026-03-01`.
    static func dates(_ name: String, _ values: [String?]) -> Column {
        let days = values.map { $0.flatMap { CivilDate($0) }?.day ?? 0 }
        return Column(name: name, values: .date(Buffer(days)), validity: validity(values))
    }

    /// Moments in microseconds since 1970 UTC.
    static func times(_ name: String, _ values: [Int64?]) -> Column {
        let moments = values.map { $0 ?? 0 }
        return Column(name: name, values: .timestamp(Buffer(moments), zone: "UTC"), validity: validity(values))
    }

    /// Texts by number; each column has a dictionary of its own, in the order in which the texts come.
    static func labels(_ name: String, _ values: [String?]) -> Column {
        var interner = LabelInterner()
        let codes = values.map { $0.map { interner.code(of: $0) } ?? 0 }
        let count = max(1, interner.labels.count)
        return Column(
            name: name,
            values: .dictionary(
                codes: IntegerBuffer(codes: codes, labelCount: count),
                labels: TextBuffer(interner.labels.isEmpty ? [""] : interner.labels)), validity: validity(values))
    }

    /// Texts one by one.
    static func texts(_ name: String, _ values: [String?]) -> Column {
        Column(name: name, values: .text(TextBuffer(values.map { $0 ?? "" })), validity: validity(values))
    }

    /// The companion that says why values of a column are missing.
    static func why(_ name: String, _ kinds: [String?]) -> Column { labels(name + ".missing", kinds) }

    private static func validity<Value>(_ values: [Value?]) -> Bitmap? {
        values.contains { $0 == nil } ? Bitmap(values.map { $0 != nil }) : nil
    }
}

/// One network's rows of one load.
struct TestFile: Sendable {
    var dataset = "survey"
    var network: String?
    var columns: [Column]

    /// Rows of the survey.
    init(network: String? = nil, _ columns: Column...) {
        self.network = network
        self.columns = columns
    }

    /// Rows of another dataset.
    init(_ dataset: String, network: String? = nil, _ columns: Column...) {
        self.dataset = dataset
        self.network = network
        self.columns = columns
    }
}

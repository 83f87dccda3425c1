import Configuration
public import MeasureModel

/// A limit that `plumbline.yaml` sets, for the workspace or for a measure: how it is called, what it bounds, and what it may
/// be. The upper bounds keep the host safe whatever somebody asks for.
public struct LimitSetting: Sendable {
    /// Its key under `limits`.
    public let name: String
    /// What it bounds, as half a sentence.
    public let bounds: String
    /// What it may be, as half a sentence.
    public let range: String
    /// What it is, for people.
    public let text: @Sendable (EvaluationLimits) -> String
    let set: @Sendable (String, inout EvaluationLimits) -> Bool

    func read(_ node: ConfigNode, _ limits: inout EvaluationLimits) throws(ConfigError) {
        guard set(try node.text(), &limits) else { throw node.failure("`\(node.path)` is \(range)") }
    }

    /// All limits.
    public static let all = [
        LimitSetting(
            name: "cpu", bounds: "CPU time of a script in one grouping, all groups together, and of all its tests",
            range: "a time such as 10s or 500ms, above 0 and below 24 hours",
            text: { Amount.seconds($0.cpuSeconds) },
            set: { text, limits in
                guard let seconds = Quantity.seconds(text) else { return false }
                limits.cpuSeconds = seconds
                return true
            }),
        bytes(
            "memory", \.memory, "memory of a script, with the columns that the host holds for it", 1 << 20...1 << 40,
            "a size from 1MB to 1024GB, such as 256MB"),
        LimitSetting(
            name: "block", bounds: "one block of that memory: a text, or the slots of a table",
            range: "a size from 64KB to 1024GB, at most `memory`, such as 64MB",
            text: { Amount.bytes($0.largestBlock) + ($0.block == nil ? ", a quarter of the memory" : "") },
            set: { text, limits in
                guard let bytes = Quantity.bytes(text, in: 64 << 10...1 << 40) else { return false }
                limits.block = bytes
                return true
            }),
        LimitSetting(
            name: "fuel", bounds: "instructions of a script; counting them takes about twice the time",
            range: "a whole number of instructions above 0",
            text: { $0.fuel.map(Amount.instructions) ?? "not counted" },
            set: { text, limits in
                guard let count = Int(text), count > 0 else { return false }
                limits.fuel = count
                return true
            }),
        bytes(
            "source", \.source, "the text of a measure's file", 1 << 10...64 << 10,
            "a size from 1KB to 64KB, such as 64KB"),
        bytes(
            "result", \.result, "what a script returns for one group", 1 << 10...16 << 20,
            "a size from 1KB to 16MB, such as 1MB"),
        count("result_keys", \.resultKeys, "keys in one result", 1...100_000),
        count("result_depth", \.resultDepth, "levels of tables in one result", 1...32),
        bytes(
            "log", \.log, "what a script prints, the rest is cut off", 1 << 10...4 << 20,
            "a size from 1KB to 4MB, such as 64KB"),
        count("log_lines", \.logLines, "lines that a script prints, the rest is cut off", 1...100_000),
    ]

    private typealias Field = any WritableKeyPath<EvaluationLimits, Int> & Sendable

    private static func bytes(
        _ name: String, _ field: Field, _ bounds: String, _ allowed: ClosedRange<Int>, _ range: String
    ) -> LimitSetting {
        LimitSetting(
            name: name, bounds: bounds, range: range, text: { Amount.bytes($0[keyPath: field]) },
            set: { text, limits in
                guard let bytes = Quantity.bytes(text, in: allowed) else { return false }
                limits[keyPath: field] = bytes
                return true
            })
    }

    private static func count(
        _ name: String, _ field: Field, _ bounds: String, _ allowed: ClosedRange<Int>
    ) -> LimitSetting {
        LimitSetting(
            name: name, bounds: bounds,
            range: "a whole number from \(allowed.lowerBound) to \(Amount.count(allowed.upperBound))",
            text: { Amount.count($0[keyPath: field]) },
            set: { text, limits in
                guard let count = Int(text), allowed.contains(count) else { return false }
                limits[keyPath: field] = count
                return true
            })
    }
}

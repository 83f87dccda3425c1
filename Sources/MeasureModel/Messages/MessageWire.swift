// Byte forms of the messages.

extension WorkerSetup.DataFile: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(WorkerSetup.DataFile.init, \.descriptor, \.dataset, \.network)
}

extension WorkerSetup: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(
        WorkerSetup.init, \.files, \.datasets, \.pseudonymSalt, \.dayStarts, \.scriptMemory)
}

extension Protection: WireCodable {}

extension MissingProtection: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(MissingProtection.init, \.protection, \.refusal)
}

extension DayStarts.Step: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(DayStarts.Step.init, \.from, \.offsetSeconds)
}

extension DayStarts: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(DayStarts.init, \.steps)
}

extension EvaluationLimits: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(
        EvaluationLimits.init, \.cpuSeconds, \.memory, \.block, \.fuel, \.source, \.result, \.resultKeys,
        \.resultDepth, \.log, \.logLines)
}

extension Batch.Task: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(
        Batch.Task.init, \.script, \.form, \.columns, \.with, \.params, \.mayReadRows, \.seed, \.limits)
}

extension Batch: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(
        Batch.init, \.from, \.dimensions, \.fixedKey, \.periods, \.asOf, \.asOfInstant, \.allowsAnyResult, \.tasks)
}

extension Finding: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(Finding.init, \.isError, \.rule, \.message, \.line, \.column, \.file)
}

extension TestResult: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(TestResult.init, \.name, \.problem, \.line)
}

extension TaskResult: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(
        TaskResult.init, \.groups, \.failure, \.log, \.isLogTruncated, \.usage, \.readsAsOf)
}

extension TaskProgress: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(
        TaskProgress.init, \.groupsDone, \.groups, \.key, \.period, \.cpuSeconds, \.line)
}

extension LastLine: WireCodable {
    /// Reads four bytes, the lowest first.
    public init(from reader: inout WireReader) throws(WireError) {
        number = try reader.raw(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Writes four bytes, the lowest first.
    public func write(to writer: inout WireWriter) {
        writer.putRaw((0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
    }
}

extension TaskUsage: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(TaskUsage.init, \.cpuSeconds, \.memoryPeak, \.fuel, \.groups, \.rows)
}

extension GroupResult: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(GroupResult.init, \.key, \.period, \.parts, \.failure, \.other, \.response)
}

extension PartResult: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(PartResult.init, \.part, \.estimate, \.status, \.reason, \.groupPersons)
}

extension BatchSummary: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(
        BatchSummary.init, \.keylessRows, \.keylessPersons, \.rowsOutsidePeriods, \.rowsAfterAsOf)
}

extension Script: WireCodable {
    /// Reads a message.
    public init(from reader: inout WireReader) throws(WireError) {
        let name = try reader.take(String.self)
        let source = Array(try reader.raw(try reader.length()))
        self.init(
            name: name, source: source, modules: try reader.take([ScriptModule].self), plugin: try reader.take())
    }

    /// Writes the message.
    public func write(to writer: inout WireWriter) {
        writer.put(name)
        writer.put(UInt64(source.count))
        writer.putRaw(source)
        writer.put(modules, plugin)
    }
}

extension ScriptModule: WireCodable {
    /// Reads a message.
    public init(from reader: inout WireReader) throws(WireError) {
        let name = try reader.take(String.self)
        let file = try reader.take(String.self)
        let source = Array(try reader.raw(try reader.length()))
        self.init(name: name, file: file, source: source, plugin: try reader.take())
    }

    /// Writes the message.
    public func write(to writer: inout WireWriter) {
        writer.put(name)
        writer.put(file)
        writer.put(UInt64(source.count))
        writer.putRaw(source)
        writer.put(plugin)
    }
}

extension WorkerRequest: WireCodable {
    /// Reads a message.
    public init(from reader: inout WireReader) throws(WireError) {
        switch try reader.number() {
        case 0: self = .setUp(try reader.take())
        case 1: self = .define(try reader.take(), limits: try reader.take())
        case 2: self = .test(try reader.take(), limits: try reader.take())
        case 3: self = .evaluate(try reader.take())
        case 4: self = .module(try reader.take(), requires: try reader.take(), limits: try reader.take())
        default: throw WireError(expected: "a request")
        }
    }

    /// Writes the message.
    public func write(to writer: inout WireWriter) {
        switch self {
        case .setUp(let setup): writer.put(UInt64(0), setup)
        case .define(let script, let limits): writer.put(UInt64(1), script, limits)
        case .test(let script, let limits): writer.put(UInt64(2), script, limits)
        case .evaluate(let batch): writer.put(UInt64(3), batch)
        case .module(let module, let required, let limits): writer.put(UInt64(4), module, required, limits)
        }
    }
}

extension WorkerReply: WireCodable {
    /// Reads a message.
    public init(from reader: inout WireReader) throws(WireError) {
        switch try reader.number() {
        case 0: self = .ready
        case 1: self = .defined(try reader.take(), failure: try reader.take(), findings: try reader.take())
        case 2: self = .tested(try reader.take(), failure: try reader.take())
        case 3: self = .task(index: try reader.take(), try reader.take())
        case 4: self = .batchDone
        case 5: self = .broken(try reader.take())
        case 6: self = .lockedDown(missing: try reader.take())
        case 7: self = .progress(try reader.take())
        case 8: self = .hostWork(begins: try reader.take())
        case 9: self = .grouped(try reader.take())
        default: throw WireError(expected: "a reply")
        }
    }

    /// Writes the message.
    public func write(to writer: inout WireWriter) {
        switch self {
        case .ready: writer.put(UInt64(0))
        case .defined(let definition, let failure, let findings): writer.put(UInt64(1), definition, failure, findings)
        case .tested(let results, let failure): writer.put(UInt64(2), results, failure)
        case .task(let index, let result): writer.put(UInt64(3), index, result)
        case .batchDone: writer.put(UInt64(4))
        case .broken(let reason): writer.put(UInt64(5), reason)
        case .lockedDown(let missing): writer.put(UInt64(6), missing)
        case .progress(let progress): writer.put(UInt64(7), progress)
        case .hostWork(let begins): writer.put(UInt64(8), begins)
        case .grouped(let summary): writer.put(UInt64(9), summary)
        }
    }
}

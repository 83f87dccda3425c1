public import CivilCalendar

/// What a worker is given before it sees any script: the files it may read, and what they mean.
public struct WorkerSetup: Equatable, Sendable {
    /// Arrow files in the order of their rows: by load, by network.
    public var files: [DataFile]
    /// The datasets.
    public var datasets: [DatasetDescription]
    /// Salts the pseudonyms that scripts see.
    public var pseudonymSalt: UInt64
    /// When days begin.
    public var dayStarts: DayStarts
    /// Bytes that a script may have at most; the worker's address space is bounded by it.
    public var scriptMemory: Int

    /// One network's rows of one load.
    public struct DataFile: Equatable, Sendable {
        /// The inherited descriptor it is open on.
        public var descriptor: Int
        /// The dataset it belongs to.
        public var dataset: String
        /// The network whose rows it holds; nil outside a workspace.
        public var network: String?

        /// A file.
        public init(descriptor: Int, dataset: String, network: String?) {
            self.descriptor = descriptor
            self.dataset = dataset
            self.network = network
        }
    }

    /// A set-up.
    public init(
        files: [DataFile], datasets: [DatasetDescription], pseudonymSalt: UInt64 = 0, dayStarts: DayStarts = .utc,
        scriptMemory: Int = EvaluationLimits().memory
    ) {
        self.files = files
        self.datasets = datasets
        self.pseudonymSalt = pseudonymSalt
        self.dayStarts = dayStarts
        self.scriptMemory = scriptMemory
    }
}

/// A script with the name its author knows it by.
public struct Script: Equatable, Sendable {
    /// The path shown in messages.
    public var name: String
    /// Its text.
    public var source: [UInt8]
    /// The modules that it requires, and those that they require, by name.
    public var modules: [ScriptModule]
    /// The plugin that it comes from; nil where the workspace wrote it.
    public var plugin: MeasurePlugin?

    /// A script.
    public init(name: String, source: [UInt8], modules: [ScriptModule] = [], plugin: MeasurePlugin? = nil) {
        self.name = name
        self.source = source
        self.modules = modules
        self.plugin = plugin
    }

    /// Names and versions of the plugins whose sources it is made of, its own and those of its modules, as provenance has
    /// them; nil where there is none.
    public var plugins: String? {
        let labels = Set([plugin?.label].compactMap(\.self) + modules.compactMap(\.plugin))
        guard !labels.isEmpty else { return nil }
        return labels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: " ")
    }

    /// More modules than this nobody can follow.
    public static let mostModules = 32
}

/// A Lua module that travels with the scripts that require it.
public struct ScriptModule: Equatable, Sendable {
    /// The name behind `require`, such as `hub.scales`.
    public var name: String
    /// The path shown in messages.
    public var file: String
    /// Its text.
    public var source: [UInt8]
    /// The plugin that it belongs to with its version, such as `plumbline/hub@1.0.0`; nil where no lock file says so.
    public var plugin: String?

    /// A module.
    public init(name: String, file: String, source: [UInt8], plugin: String? = nil) {
        self.name = name
        self.file = file
        self.source = source
        self.plugin = plugin
    }
}

/// Measures that share gathered data: one dataset, one grouping, one kind of period.
public struct Batch: Equatable, Sendable {
    /// The dataset whose rows are grouped.
    public var from: String
    /// The dimensions with their ancestors, in the order of keys.
    public var dimensions: [String]
    /// Dimensions that the key shows though nothing is grouped by them (a network's own results).
    public var fixedKey: GroupKey
    /// The periods in the order of time; one `all` for everything.
    public var periods: [Period]
    /// The day the run looks from.
    public var asOf: CivilDate
    /// Microseconds since 1970 UTC at which that day ends; later rows are not there yet.
    public var asOfInstant: Int64
    /// Whether strings, booleans and arrays may come back (never in the night).
    public var allowsAnyResult: Bool
    /// The measures.
    public var tasks: [Task]

    /// One measure in a batch.
    public struct Task: Equatable, Sendable {
        /// Its script.
        public var script: Script
        /// Its form.
        public var form: MeasureDefinition.Form
        /// Columns of `from` it may read; nil for all.
        public var columns: [String]?
        /// Further datasets it may look into.
        public var with: [String]
        /// Its parameters.
        public var params: [ParameterValue]
        /// Whether it may look at single rows.
        public var mayReadRows: Bool
        /// Seeds `math.random`.
        public var seed: UInt64
        /// What it may use.
        public var limits: EvaluationLimits

        /// A task.
        public init(
            script: Script, form: MeasureDefinition.Form, columns: [String]? = nil, with: [String] = [],
            params: [ParameterValue] = [], mayReadRows: Bool, seed: UInt64 = 0, limits: EvaluationLimits = .init()
        ) {
            self.script = script
            self.form = form
            self.columns = columns
            self.with = with
            self.params = params
            self.mayReadRows = mayReadRows
            self.seed = seed
            self.limits = limits
        }
    }

    /// A batch.
    public init(
        from: String, dimensions: [String], fixedKey: GroupKey = GroupKey(), periods: [Period], asOf: CivilDate,
        asOfInstant: Int64, allowsAnyResult: Bool = false, tasks: [Task]
    ) {
        self.from = from
        self.dimensions = dimensions
        self.fixedKey = fixedKey
        self.periods = periods
        self.asOf = asOf
        self.asOfInstant = asOfInstant
        self.allowsAnyResult = allowsAnyResult
        self.tasks = tasks
    }
}

/// What the parent asks.
public enum WorkerRequest: Equatable, Sendable {
    /// First of all, and once: the files. The worker locks itself down when it has answered.
    case setUp(WorkerSetup)
    /// What is in this script?
    case define(Script, limits: EvaluationLimits)
    /// What is to be said of this module? The answer is `.defined` without a definition.
    case module(ScriptModule, requires: [ScriptModule], limits: EvaluationLimits)
    /// Run the tests inside this script.
    case test(Script, limits: EvaluationLimits)
    /// Evaluate; `.grouped`, one `.task` reply for each task, then `.batchDone`.
    case evaluate(Batch)
}

/// What the worker answers.
public enum WorkerReply: Equatable, Sendable {
    /// The files are mapped.
    case ready
    /// After `.ready`: the worker gave up what it does not need, except for what the system refused.
    case lockedDown(missing: [MissingProtection])
    /// The answer to `.define`.
    case defined(MeasureDefinition?, failure: Failure?, findings: [Finding])
    /// The answer to `.test`.
    case tested([TestResult], failure: Failure?)
    /// The rows of a batch are in groups, before any script has run: what was found beside outlives a script that takes
    /// the worker down.
    case grouped(BatchSummary)
    /// One task of a batch is finished.
    case task(index: Int, TaskResult)
    /// Where the task is that is being evaluated; sent now and then, and by a script that has to be ended.
    case progress(TaskProgress)
    /// Work begins (or is over) that is the host's: what it takes is no script's fault.
    case hostWork(begins: Bool)
    /// A batch is finished.
    case batchDone
    /// The worker cannot do what was asked, for a reason that is not a script's.
    case broken(String)
}

/// How far a task has got.
public struct TaskProgress: Equatable, Sendable {
    /// Groups that are finished.
    public var groupsDone: Int
    /// Groups in all.
    public var groups: Int
    /// The group that is being evaluated.
    public var key: GroupKey
    /// Its period's label.
    public var period: String
    /// Seconds of CPU time in the script of the task so far, or until it ended its process; what the host did for it is not
    /// among them. The bytes of the message before the last.
    public var cpuSeconds: Double
    /// Where the script was when it ended its process; the last bytes of the message.
    public var line: LastLine

    /// A progress.
    public init(
        groupsDone: Int, groups: Int, key: GroupKey, period: String, cpuSeconds: Double, line: LastLine = LastLine()
    ) {
        self.groupsDone = groupsDone
        self.groups = groups
        self.key = key
        self.period = period
        self.cpuSeconds = cpuSeconds
        self.line = line
    }

    /// A task that is alone in its batch tells of each group where it has no more than this.
    public static let mostToldOneByOne = 1_000
}

extension TaskProgress {
    /// With names so short that the message has at most so many bytes. A key of more dimensions than fit into that is left
    /// out.
    public func cut(toBytes limit: Int) -> TaskProgress {
        var copy = self
        let numbers = 64
        let names = 2 * key.parts.count + 1
        let each = (limit - numbers) / names - 2  // a length takes two bytes
        func short(_ text: String) -> String { Failure.escaped(text, limit: max(0, each)) }
        copy.key.parts = each < 8 ? [] : key.parts.map { GroupKey.Part(short($0.dimension), short($0.value)) }
        copy.period = short(period)
        return copy
    }
}

/// A line of a script, 0 where it is not known. On the wire it has a fixed width, so that a signal handler can fill it in.
public struct LastLine: Equatable, Sendable {
    /// The line, from 1.
    public var number: UInt32

    /// A line.
    public init(number: UInt32 = 0) {
        self.number = number
    }
}

/// Something that `check` points out.
public struct Finding: Equatable, Sendable {
    /// Whether it is an error; otherwise it is a warning.
    public var isError: Bool
    /// The rule's name.
    public var rule: String
    /// What to write instead, as a sentence.
    public var message: String
    /// Where.
    public var line: Int
    /// Where.
    public var column: Int
    /// The module that it is about; nil for the measure's own file.
    public var file: String?

    /// The rule about measures that look at single rows.
    public static let rowAccessRule = "row-access"

    /// A finding.
    public init(isError: Bool, rule: String, message: String, line: Int, column: Int, file: String? = nil) {
        self.isError = isError
        self.rule = rule
        self.message = message
        self.line = line
        self.column = column
        self.file = file
    }
}

/// How one test inside a measure ended.
public struct TestResult: Equatable, Sendable {
    /// The test's name.
    public var name: String
    /// What differed; nil when it passed.
    public var problem: String?
    /// Its line in the file.
    public var line: Int?

    /// A result.
    public init(name: String, problem: String?, line: Int?) {
        self.name = name
        self.problem = problem
        self.line = line
    }
}

/// How one task ended.
public struct TaskResult: Equatable, Sendable {
    /// One for each group and period that has rows, in order.
    public var groups: [GroupResult]
    /// Set when the whole measure was stopped; `groups` then holds what was finished before.
    public var failure: Failure?
    /// What it printed.
    public var log: String
    /// Whether part of that was cut off.
    public var isLogTruncated: Bool
    /// What it used.
    public var usage: TaskUsage
    /// Whether it looked at the day the run looks from.
    public var readsAsOf: Bool

    /// A result.
    public init(
        groups: [GroupResult], failure: Failure? = nil, log: String = "", isLogTruncated: Bool = false,
        usage: TaskUsage = TaskUsage(), readsAsOf: Bool = false
    ) {
        self.groups = groups
        self.failure = failure
        self.log = log
        self.isLogTruncated = isLogTruncated
        self.usage = usage
        self.readsAsOf = readsAsOf
    }
}

/// What a task used.
public struct TaskUsage: Equatable, Sendable {
    /// Seconds of CPU time in the script.
    public var cpuSeconds: Double
    /// The most bytes held at one time.
    public var memoryPeak: Int
    /// Instructions, when they were counted.
    public var fuel: Int?
    /// Groups evaluated.
    public var groups: Int
    /// Rows in them.
    public var rows: Int

    /// What a task used.
    public init(cpuSeconds: Double = 0, memoryPeak: Int = 0, fuel: Int? = nil, groups: Int = 0, rows: Int = 0) {
        self.cpuSeconds = cpuSeconds
        self.memoryPeak = memoryPeak
        self.fuel = fuel
        self.groups = groups
        self.rows = rows
    }
}

/// What a measure said of one group in one period.
public struct GroupResult: Equatable, Sendable {
    /// The group.
    public var key: GroupKey
    /// The period's place in the batch.
    public var period: Int
    /// One for a single number, several for a record.
    public var parts: [PartResult]
    /// The error that this group met.
    public var failure: Failure?
    /// Anything else that came back, as JSON (only where the batch allows it).
    public var other: String?
    /// How many of those who were to answer did; nil where nobody says who was.
    public var response: ResponseCount?

    /// A result.
    public init(
        key: GroupKey, period: Int, parts: [PartResult], failure: Failure? = nil, other: String? = nil,
        response: ResponseCount? = nil
    ) {
        self.key = key
        self.period = period
        self.parts = parts
        self.failure = failure
        self.other = other
        self.response = response
    }
}

/// One named number of a group.
public struct PartResult: Equatable, Sendable {
    /// Its name; nil for the only one.
    public var part: String?
    /// The number; nil when there is none, then `status` says why.
    public var estimate: Estimate?
    /// `ok`, `insufficient` or `notApplicable`.
    public var status: Status
    /// The measure's words on it.
    public var reason: String?
    /// Persons among the rows that the group holds, for disclosure control of cells without a number.
    public var groupPersons: Int

    /// A part.
    public init(part: String?, estimate: Estimate?, status: Status, reason: String? = nil, groupPersons: Int = 0) {
        self.part = part
        self.estimate = estimate
        self.status = status
        self.reason = reason
        self.groupPersons = groupPersons
    }
}

/// What a batch found beside its results.
public struct BatchSummary: Equatable, Sendable {
    /// Rows that lack a key of the grouping: the cell `(none)`.
    public var keylessRows: Int
    /// Persons among them.
    public var keylessPersons: Int
    /// Rows in no period.
    public var rowsOutsidePeriods: Int
    /// Rows dated after the day the run looks from.
    public var rowsAfterAsOf: Int

    /// A summary.
    public init(keylessRows: Int = 0, keylessPersons: Int = 0, rowsOutsidePeriods: Int = 0, rowsAfterAsOf: Int = 0) {
        self.keylessRows = keylessRows
        self.keylessPersons = keylessPersons
        self.rowsOutsidePeriods = rowsOutsidePeriods
        self.rowsAfterAsOf = rowsAfterAsOf
    }
}

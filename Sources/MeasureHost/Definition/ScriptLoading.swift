import LuaSandbox
import LuaSyntax
import MeasureModel

/// A script loaded into its own state, with its definition.
struct LoadedScript: ~Copyable {
    var state: LuaState
    let definition: MeasureDefinition
    let table: LuaTable

    /// Loads a script and reads its definition.
    static func load(
        _ script: Script, limits: EvaluationLimits, host: Evaluation
    ) throws(Failure) -> LoadedScript {
        var state: LuaState
        do {
            state = try LuaState(limits: LuaLimits(limits), interface: VerbTable.interface, host: host)
        } catch {
            throw Failure(error, file: script.name)
        }
        host.attach(state.meter)
        let value: LuaValue
        do {
            try state.load(script)
            try state.instantiate(seed: 0)
            value = try state.definition()
        } catch {
            var failure = Failure(error, StopReport(limits: limits, refusal: state.refusal), file: script.name)
            if error.code == .syntaxError, failure.line == nil { failure.line = lineOfMistake(script) }
            throw failure
        }
        do {
            let definition = try DefinitionReader.read(
                value, lines: Self.lines(of: script), firstLine: state.definitionLine)
            return LoadedScript(state: state, definition: definition, table: value.asTable ?? LuaTable())
        } catch {
            var failure = error
            failure.file = script.name
            failure.message = Failure.escaped(failure.message)
            throw failure
        }
    }

    /// Where our own parser finds a mistake, for one that Lua gives no line for: what is nested too deeply.
    private static func lineOfMistake(_ script: Script) -> Int? {
        do {
            _ = try SyntaxTree(parsing: script.source)
            return nil
        } catch {
            return error.line
        }
    }

    /// Where the definition's fields stand: `columns`, `columns.safety_1`, `tests.1`.
    private static func lines(of script: Script) -> [String: Int] {
        guard let tree = try? SyntaxTree(parsing: script.source), let outline = MeasureOutline(of: tree) else {
            return [:]
        }
        var lines = outline.fields.mapValues(\.line)
        for (field, texts) in outline.texts {
            for text in texts { lines["\(field).\(text.text)"] = text.position.line }
        }
        for (index, position) in outline.tests.enumerated() { lines["tests.\(index + 1)"] = position.line }
        return lines
    }
}

extension Failure {
    /// A sandbox's failure as the product reports it.
    init(_ failure: LuaFailure, file: String?, group: GroupKey? = nil, period: String? = nil) {
        self.init(
            Code(failure.code), Failure.escaped(Self.words(failure, file)), file: failure.file ?? file,
            line: failure.line, traceback: failure.traceback, group: group, period: period)
    }

    /// The same for a script that was stopped, where what is known of that makes the text.
    init(_ failure: LuaFailure, _ report: StopReport, file: String) {
        self.init(failure, file: file)
        if let text = report.text(for: failure.code) { message = text }
        if let hint = failure.hint { message = Failure.escaped(message, limit: 400) + " (\(hint))" }
    }

    /// The message without the place that Lua puts before it: file and line are told apart. What went wrong in a module
    /// names the line of the script that led there.
    private static func words(_ failure: LuaFailure, _ script: String?) -> String {
        let file = failure.file ?? script ?? ""
        let place = "\(file.prefix(Self.longestShownName)):\(failure.line ?? 0): "
        let words = failure.message.hasPrefix(place) ? failure.message.dropFirst(place.count) : failure.message[...]
        guard let script, file != script, let line = failure.scriptLine else { return String(words) }
        return "\(words) (called from \(script):\(line))"
    }

    /// Lua cuts longer names in its messages.
    private static let longestShownName = 59
}

extension Script {
    /// All texts that belong to it.
    var sources: [[UInt8]] { [source] + modules.map(\.source) }
}

extension LuaState {
    /// Compiles a script and its modules.
    mutating func load(_ script: Script) throws(LuaFailure) {
        try load(name: script.name, source: script.source)
        for module in script.modules { try addModule(module.name, file: module.file, source: module.source) }
    }
}

extension Failure.Code {
    init(_ code: LuaFailure.Code) {
        switch code {
        case .syntaxError: self = .syntaxError
        case .luaError: self = .luaError
        case .invalidResult: self = .invalidResult
        case .refused: self = .refused
        case .outputLimit: self = .outputLimit
        case .cpuLimit: self = .cpuLimit
        case .fuelLimit: self = .fuelLimit
        case .memoryLimit: self = .memoryLimit
        }
    }
}

extension LuaLimits {
    /// The sandbox's limits for an evaluation.
    init(_ limits: EvaluationLimits) {
        self.init()
        memory = limits.memory
        block = limits.largestBlock
        cpuSeconds = limits.cpuSeconds
        fuel = UInt64(max(0, limits.fuel ?? 0))
        source = limits.source
        result = limits.result
        resultKeys = UInt32(clamping: limits.resultKeys)
        resultDepth = UInt32(clamping: limits.resultDepth)
        logBytes = limits.log
        logLines = UInt32(clamping: limits.logLines)
    }

    /// What is left of time and fuel. Never nothing, because 0 stands for no limit.
    func left(after usage: TaskUsage) -> LuaLimits {
        var left = self
        if cpuSeconds > 0 { left.cpuSeconds = max(cpuSeconds - usage.cpuSeconds, 0.001) }
        let spent = UInt64(usage.fuel ?? 0)
        if fuel > 0 { left.fuel = fuel > spent ? fuel - spent : 1 }
        return left
    }
}

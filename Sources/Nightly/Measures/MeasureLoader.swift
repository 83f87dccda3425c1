public import MeasureModel
public import Workers
public import Workspace

/// Has workers read measure files and run the tests inside them; results are kept by the files' content.
public struct MeasureLoader {
    private let pool: WorkerPool
    private let descriptions: [DatasetDescription]
    private let limits: EvaluationLimits
    private let memory: Store?

    /// A loader. `memory` keeps what was found out about files that have not changed.
    public init(pool: WorkerPool, descriptions: [DatasetDescription], limits: EvaluationLimits, memory: Store?) {
        self.pool = pool
        self.descriptions = descriptions
        self.limits = limits
        self.memory = memory
    }

    /// Reads the files; runs their tests when asked to.
    ///
    /// - Throws: ``WorkerError`` or `WorkspaceError`; what is wrong with a measure is in its result.
    public func load(_ files: [MeasureFile], runTests: Bool) throws -> [LoadedMeasure] {
        var loaded = files.map { LoadedMeasure(file: $0, findings: []) }
        var missing: [Int] = []
        for index in files.indices {
            if let known = try remembered(files[index], runTests) {
                loaded[index].take(known)
            } else {
                missing.append(index)
            }
        }
        let scope = WorkerScope(datasets: descriptions)
        let jobs = missing.flatMap { index -> [WorkerJob] in
            let script = files[index].script
            let define = WorkerJob(scope: 0, request: .define(script), number: index, patience: .seconds(10))
            let patience = Duration.seconds(limits.cpuSeconds * 2 + 10)
            let test = WorkerJob(scope: 0, request: .test(script, limits: limits), number: index, patience: patience)
            return runTests ? [define, test] : [define]
        }
        try pool.run(jobs, scopes: [scope]) { job, event in
            loaded[job.number].take(event, isTest: job.request.isTest)
            return []
        }
        for index in missing { try remember(loaded[index], runTests) }
        return loaded
    }

    private func key(_ file: MeasureFile, _ runTests: Bool) -> String {
        var hash = ContentHash()
        hash.add(PlumblineVersion.engine + PlumblineVersion.current)
        hash.add(file.script.name)
        hash.add(file.script.source)
        hash.add(descriptions.wireBytes)
        hash.add(runTests ? "tests" : "definition")
        return hash.hex()
    }

    private func remembered(_ file: MeasureFile, _ runTests: Bool) throws -> ScriptRecord? {
        guard let bytes = try memory?.script(key(file, runTests)) else { return nil }
        return try? ScriptRecord(wireBytes: bytes)
    }

    /// Only what can be relied on is kept: a worker that died may live next time.
    private func remember(_ measure: LoadedMeasure, _ runTests: Bool) throws {
        guard let memory, measure.failure?.code != .crashed else { return }
        try memory.keep(script: ScriptRecord(measure).wireBytes, key: key(measure.file, runTests))
    }
}

extension WorkerRequest {
    fileprivate var isTest: Bool {
        if case .test = self { true } else { false }
    }
}

extension LoadedMeasure {
    fileprivate mutating func take(_ event: WorkerEvent, isTest: Bool) {
        switch event {
        case .reply(.defined(let definition, let failure, let findings)):
            self.definition = definition
            self.failure = self.failure ?? failure
            self.findings = findings
        case .reply(.tested(let results, let failure)):
            tests = results
            self.failure = self.failure ?? failure
        case .reply: break
        case .died(let death):
            failure = Failure(death, file: file.script.name, during: isTest ? "its tests ran" : "the file was read")
        }
    }

    fileprivate mutating func take(_ record: ScriptRecord) {
        definition = record.definition
        failure = record.failure
        findings = record.findings
        tests = record.tests
    }
}

extension Failure {
    /// The failure of a script whose worker died.
    init(_ death: WorkerDeath, file: String, during what: String) {
        switch death {
        case .overCPULimit:
            self.init(
                .cpuLimit, "the CPU limit was reached while \(what), in a call that could not be interrupted",
                file: file)
        case .forbiddenCall:
            self.init(
                .crashed,
                "the worker was stopped while \(what), because it asked the system for something that no script can ask "
                    + "for: a hole in Plumbline or in Lua was found; please report it with this file", file: file)
        case .senseless:
            self.init(
                .crashed, "the worker sent something that is no answer while \(what), and was killed", file: file)
        case .overDeadline:
            self.init(.cpuLimit, "the worker did not answer in time while \(what) and was killed", file: file)
        case .exited(let status):
            self.init(.crashed, "the worker ended with status \(status) while \(what)", file: file)
        case .signal(let signal):
            self.init(.crashed, "the worker was ended by signal \(signal) while \(what)", file: file)
        }
    }
}

/// What is kept of a script.
private struct ScriptRecord: WireRecord {
    var definition: MeasureDefinition?
    var failure: Failure?
    var findings: [Finding]
    var tests: [TestResult]?

    static let wireForm = WireForm(
        ScriptRecord.init(definition:failure:findings:tests:), \.definition, \.failure, \.findings, \.tests)
}

extension ScriptRecord {
    init(_ measure: LoadedMeasure) {
        self.init(
            definition: measure.definition, failure: measure.failure, findings: measure.findings, tests: measure.tests)
    }
}

public import MeasureModel
public import Workers
public import Workspace

/// Has workers read measure files and run the tests inside them; results are kept by the files' content.
public struct MeasureLoader {
    let pool: WorkerPool
    private let descriptions: [DatasetDescription]
    let config: WorkspaceConfig
    private let memory: Store?

    /// A loader. `config` says what each measure's tests may use, `memory` keeps what was found out about files that have
    /// not changed.
    public init(pool: WorkerPool, descriptions: [DatasetDescription], config: WorkspaceConfig, memory: Store?) {
        self.pool = pool
        self.descriptions = descriptions
        self.config = config
        self.memory = memory
    }

    /// Reads the files; runs their tests when asked to.
    ///
    /// - Throws: ``WorkerError`` or `WorkspaceError`; what is wrong with a measure is in its result.
    public func load(_ files: [MeasureFile], runTests: Bool) throws -> [LoadedMeasure] {
        var loaded = files.map { LoadedMeasure(file: $0, findings: []) }
        var missing: [Int] = []
        for index in files.indices {
            if let obstacle = files[index].obstacle {
                loaded[index].failure = obstacle
            } else if let known = try remembered(files[index], runTests) {
                loaded[index].take(known)
            } else {
                missing.append(index)
            }
        }
        let scope = WorkerScope(datasets: descriptions)
        let limits = config.limits.forDefinition
        let jobs = missing.map { index in
            WorkerJob(
                scope: 0, request: .define(files[index].script, limits: limits), number: index,
                patience: Patience(budgets: [limits.cpuSeconds]))
        }
        try pool.run(jobs, scopes: [scope]) { job, event in
            loaded[job.number].take(event, of: job.request)
            guard runTests, case .reply(.defined(.some, _, _)) = event else { return [] }
            return [testJob(loaded[job.number], number: job.number)]
        }
        for index in missing { try remember(loaded[index], runTests) }
        return loaded
    }

    /// A measure's tests may use what the measure may.
    private func testJob(_ measure: LoadedMeasure, number: Int) -> WorkerJob {
        let limits =
            measure.definition.map { MeasureSettingsReader(config).limits($0, of: measure.file) }
            ?? config.limits
        return WorkerJob(
            scope: 0, request: .test(measure.file.script, limits: limits), number: number,
            patience: Patience(budgets: [limits.cpuSeconds]))
    }

    private func key(_ file: MeasureFile, _ runTests: Bool) -> String {
        var hash = ContentHash()
        hash.add(PlumblineVersion.engine + PlumblineVersion.current)
        hash.add(file.script.wireBytes)
        hash.add(descriptions.wireBytes)
        hash.add(runTests ? "tests" : "definition")
        hash.add(config.limits.wireBytes)
        for (id, settings) in config.allMeasureSettings {
            hash.add(id)
            hash.add(settings.limits?.wireBytes ?? [])
        }
        return hash.hex()
    }

    private func remembered(_ file: MeasureFile, _ runTests: Bool) throws -> ScriptRecord? {
        guard let bytes = try memory?.script(key(file, runTests)) else { return nil }
        return try? ScriptRecord(wireBytes: bytes)
    }

    /// Only what can be relied on is kept: a worker that died may live next time, and a test that took too long may not.
    private func remember(_ measure: LoadedMeasure, _ runTests: Bool) throws {
        let isReliable =
            measure.failure?.code.isViolation != true && measure.tests?.allSatisfy { $0.problem == nil } ?? true
        guard let memory, isReliable else { return }
        try memory.keep(script: ScriptRecord(measure).wireBytes, key: key(measure.file, runTests))
    }
}

extension LoadedMeasure {
    fileprivate mutating func take(_ event: WorkerEvent, of request: WorkerRequest) {
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
            failure = DeathReport(death, of: request)?.failure(file: file.script.name)
        }
    }

    fileprivate mutating func take(_ record: ScriptRecord) {
        definition = record.definition
        failure = record.failure
        findings = record.findings
        tests = record.tests
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

extension DeathReport {
    /// A death while a file or a module was read, or tests ran.
    init?(_ death: WorkerDeath, of request: WorkerRequest) {
        switch request {
        case .define(_, let limits): self.init(death, limits: limits, during: "the file was read")
        case .module(_, _, let limits): self.init(death, limits: limits, during: "the module was run")
        case .test(_, let limits): self.init(death, limits: limits, during: "its tests ran")
        case .setUp, .evaluate: return nil
        }
    }
}

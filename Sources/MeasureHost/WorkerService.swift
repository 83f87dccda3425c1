import CivilCalendar
import Columnar
import LuaSandbox
public import MeasureModel

/// A worker's whole work: answers requests one by one. It opens nothing: data come as mapped files.
public final class WorkerService {
    private var frames: FrameStore
    private var setup = WorkerSetup(files: [], datasets: [])

    /// A worker without data.
    public init() {
        frames = FrameStore([])
    }

    /// Bytes that evaluation may need beside what is mapped after the set-up, and more than it ever should: it bounds what
    /// code that found a hole can take from the machine, and must not stop honest work.
    ///
    /// A cell takes 8 bytes where it is read and 8 for each grouping in which it is gathered, one more each where it can
    /// be missing for a reason, and some 100 as a text that occurs once; grouping takes as much as four columns. A script's
    /// memory counts twice, because freed blocks leave holes.
    public var memoryNeeded: Int {
        let cells = frames.datasets.values.reduce(0) { $0 + $1.rowCount * ($1.columnNames.count + 4) }
        return 2 * min(setup.scriptMemory, 1 << 46) + 160 * cells + 1 << 30
    }

    /// Answers one request; evaluation reports each task before the last reply.
    public func answer(_ request: WorkerRequest, reply: (WorkerReply) -> Void) {
        withoutActuallyEscaping(reply) { reply in
            let announcements = frames.announcements
            announcements.say = reply
            defer { announcements.say = nil }
            switch request {
            case .setUp(let setup): reply(setUp(setup))
            case .define(let script, let limits): reply(define(script, limits))
            case .module(let module, let required, let limits): reply(look(at: module, required, limits))
            case .test(let script, let limits): reply(test(script, limits))
            case .evaluate(let batch): evaluate(batch, reply)
            }
        }
    }

    private func setUp(_ setup: WorkerSetup) -> WorkerReply {
        do throws(ColumnarError) {
            var parts: [String: [Dataset.Part]] = [:]
            for file in setup.files {
                let mapped = try MappedFile(descriptor: Int32(clamping: file.descriptor))
                parts[file.dataset, default: []].append(
                    Dataset.Part(table: try ArrowFileReader.read(mapped), network: file.network))
            }
            frames = FrameStore(setup.datasets.map { Dataset($0, parts: parts[$0.name] ?? []) })
            self.setup = setup
            return .ready
        } catch {
            return .broken(error.description)
        }
    }

    private func define(_ script: Script, _ limits: EvaluationLimits) -> WorkerReply {
        let host = Evaluation(idleSetting)
        do throws(Failure) {
            let definition = try LoadedScript.load(script, limits: limits, host: host).definition
            try ModuleTrial.run(script.modules, limits: limits, host: host)
            // What a measure declares beyond its plugin is told elsewhere; here it counts as declared.
            let columns = definition.readableColumns ?? definition.readableColumns(in: script.plugin)
            return .defined(definition, failure: nil, findings: MeasureLint.findings(script, columns: columns))
        } catch {
            let findings = error.code == .syntaxError ? [] : MeasureLint.findings(script, columns: nil)
            return .defined(nil, failure: error, findings: findings)
        }
    }

    private func look(
        at module: ScriptModule, _ required: [ScriptModule], _ limits: EvaluationLimits
    ) -> WorkerReply {
        let findings = MeasureLint.findings(module)
        do throws(Failure) {
            try ModuleTrial.run([module] + required, limits: limits, host: Evaluation(idleSetting))
            return .defined(nil, failure: nil, findings: findings)
        } catch {
            return .defined(nil, failure: error, findings: error.code == .syntaxError ? [] : findings)
        }
    }

    private func test(_ script: Script, _ limits: EvaluationLimits) -> WorkerReply {
        let host = Evaluation(idleSetting)
        do throws(Failure) {
            let loaded = try LoadedScript.load(script, limits: limits, host: host)
            var runner = TestRunner(script: script, descriptions: setup.datasets, limits: limits)
            return .tested(runner.run(loaded.definition, loaded.table), failure: nil)
        } catch {
            return .tested([], failure: error)
        }
    }

    private func evaluate(_ batch: Batch, _ reply: (WorkerReply) -> Void) {
        let evaluator = BatchEvaluator(frames: frames, pseudonymSalt: setup.pseudonymSalt, dayStarts: setup.dayStarts)
        evaluator.evaluate(batch, found: { reply(.grouped($0)) }) { index, result in
            // To tell of a group is work like that of many rows.
            frames.announcements.hostWork(rows: 100 * result.groups.count) { reply(.task(index: index, result)) }
        }
        frames.forgetFrames()
        reply(.batchDone)
    }

    private var idleSetting: Evaluation.Setting {
        Evaluation.Setting(
            frames: frames, periods: [.all], asOf: .init(day: 0), asOfInstant: 0, mayReadRows: false, with: [],
            pseudonymSalt: 0)
    }
}

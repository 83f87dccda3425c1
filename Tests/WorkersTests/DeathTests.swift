import Foundation
import MeasureModel
import PlumblineTestSupport
import Testing
import Workers

/// Workers that die, are silent, or do not keep to the protocol.
struct DeathTests {
    private func withWorkshop(_ body: (Workshop) throws -> Void) throws {
        try withTemporaryFolder { try body(Workshop(in: $0)) }
    }

    /// What a worker says before it is given scripts: that it is ready, and locked down.
    private static let opening = "\\001\\000\\000\\000\\000\\002\\000\\000\\000\\006\\000"

    /// What a program that stands for a worker leads to, once it was given scripts or before.
    private func outcome(
        of program: String, in shop: Workshop, request: WorkerRequest = evaluation("return 1"),
        isLockedDown: Bool = true
    ) throws -> [WorkerEvent] {
        let program = try shop.program(isLockedDown ? "printf '\(Self.opening)'\n\(program)" : program)
        return try WorkerPool(executable: program, size: 1).record([job(request)], scopes: [WorkerScope()]).events(
            of: 0)
    }

    @Test func howAWorkerEndedIsTold() throws {
        try withWorkshop { shop in
            for (program, death) in [
                ("exit 0", WorkerDeath.exited(0)), ("exit 70", .exited(70)), ("kill -SEGV $$", .signal(11)),
                ("kill -KILL $$", .signal(9)), ("kill -SYS $$", .forbiddenCall),
                ("exit 86", .overCPULimit),  // its script went on after its limit
            ] {
                let events = try outcome(of: program, in: shop)
                #expect(events == [.died(death)])
            }
        }
    }

    @Test func aWorkerThatIsGoneBeforeItWasAskedIsNoCrash() throws {
        try withWorkshop { shop in
            let large = evaluation(Array(repeating: String(repeating: "x", count: 60_000), count: 40))
            let events = try outcome(of: "exit 3", in: shop, request: large)
            #expect(events == [.died(.exited(3))])
        }
    }

    /// No script is to blame: nothing is published that says so.
    @Test(arguments: ["exit 127", "kill -KILL $$", "printf '\\001\\000\\000\\000\\000'; exit 1"])
    func aWorkerThatEndsBeforeItSawAScriptStopsTheRun(program: String) throws {
        try withWorkshop { shop in
            let failure = error { _ = try outcome(of: program, in: shop, isLockedDown: false) }
            #expect(failure?.code == .cannotStart)
            #expect(failure?.description.contains("before it saw a script") == true)
        }
    }

    /// A worker that closed its output and lives on, or that does not read what it is asked, keeps nobody waiting.
    @Test(arguments: ["exec 1>&-; exec sleep 600", "exec sleep 600"])
    func aWorkerThatDoesNotListenIsKilled(program: String) throws {
        try withWorkshop { shop in
            let large = evaluation(Array(repeating: String(repeating: "x", count: 60_000), count: 40))
            let events = try outcome(of: program, in: shop, request: large)
            #expect(events == [.died(.signal(9))])
        }
    }

    @Test func aSilentWorkerIsKilled() throws {
        try withWorkshop { shop in
            let scope = try shop.scope("east", [[1]])
            let spin = evaluation(
                "return 1", "while true do end", "return 3", limits: EvaluationLimits(cpuSeconds: 1000))
            let pool = shop.pool(1)
            let record = try pool.record(
                [job(spin, number: 0, patience: .seconds(4)), job(evaluation("return g.n"), number: 1)], scopes: [scope]
            )
            #expect(record.outcomes(of: 0) == ["1", "overDeadline"])
            #expect(record.outcomes(of: 1) == ["1", "done"], "the next job has a new worker")
            #if os(Linux)
            #expect(ProcessTable.processes(startedAs: shop.worker).isEmpty)
            #endif
        }
    }

    /// A call that no hook can interrupt: the worker ends itself.
    @Test func aScriptThatGoesOnAfterItsLimitEndsItsWorker() throws {
        try withWorkshop { shop in
            let scope = try shop.scope("east", [[1]])
            // The list's length is a lie, so that the stock library loops without end.
            let endless =
                "table.insert(setmetatable({}, { __len = function() return 1 << 60 end, __newindex = function() end, "
                + "__index = function() end }), 1, 1) return 1"
            let record = try shop.pool(1).record(
                [job(evaluation("return 1", endless, "return 3", limits: EvaluationLimits(cpuSeconds: 0.05)))],
                scopes: [scope])
            let outcomes = record.outcomes(of: 0)
            #expect(outcomes.first == "1")
            #expect(["overCPULimit", "cpu_limit"].contains(outcomes[1]), "\(outcomes)")
        }
    }

    @Test func limitsOfScriptsAreNoDeaths() throws {
        try withWorkshop { shop in
            let scope = try shop.scope("east", [[1]])
            let limits = EvaluationLimits(cpuSeconds: 0.05, memory: 4 << 20)
            let record = try shop.pool(1).record(
                [
                    job(
                        evaluation(
                            "while true do end", "return #('x'):rep(1e8)",
                            "local function f() return f() + 1 end return f()", "return 4", limits: limits))
                ],
                scopes: [scope])
            let outcomes = record.outcomes(of: 0)
            #expect(outcomes[0] == "cpu_limit" && outcomes[1] == "memory_limit")
            #expect(["lua_error", "memory_limit"].contains(outcomes[2]))
            #expect(outcomes.suffix(2) == ["4", "done"])
        }
    }

    private func error(_ body: () throws -> Void) -> WorkerError? {
        do {
            try body()
            return nil
        } catch {
            return error as? WorkerError
        }
    }

    @Test func aProgramThatIsNotThereIsNamed() {
        let failure = error {
            try WorkerPool(executable: "/nowhere/plumb-worker", size: 1).run(
                [job(evaluation("return 1"))], scopes: [WorkerScope()]
            ) { _, _ in [] }
        }
        #expect(failure?.code == .cannotStart)
        #expect(
            failure?.description == "The worker `/nowhere/plumb-worker` cannot be started: No such file or directory.")
    }

    /// A file is what it was when it was checked, or it is not read.
    @Test(arguments: ["nothing", "longer", "swapped", "linked"])
    func aFileThatChangedSinceItWasChecked(what: String) throws {
        try withWorkshop { shop in
            var scope = try shop.scope("east", [[1, 2], [4]])
            for index in scope.files.indices { scope.files[index].mark = FileMark(path: scope.files[index].path) }
            let (file, other) = (URL(filePath: scope.files[0].path), URL(filePath: scope.files[1].path))
            if what == "longer" { try (Data(contentsOf: file) + Data([0])).write(to: file) }
            if what == "swapped" || what == "linked" { try FileManager.default.removeItem(at: file) }
            if what == "swapped" { try FileManager.default.copyItem(at: other, to: file) }
            if what == "linked" { try FileManager.default.createSymbolicLink(at: file, withDestinationURL: other) }
            let failure = error {
                _ = try shop.pool(1).record(
                    [job(evaluation("return 1"))], scopes: [scope])
            }
            #expect(failure?.code == (what == "nothing" ? nil : .unreadableData))
            #expect(failure == nil || failure?.description.contains("east-0.arrow` changed") == true)
        }
    }

    @Test func dataThatAreNotThereAreNamed() throws {
        try withWorkshop { shop in
            var scope = try shop.scope("east", [[1]])
            scope.files[0].path += "x"
            let failure = error {
                _ = try shop.pool(1).record(
                    [job(evaluation("return 1"))], scopes: [scope])
            }
            #expect(failure?.code == .unreadableData)
            #expect(failure?.description.contains("east-0.arrowx") == true)
        }
    }

    @Test func dataThatAreNoTableAreNamed() throws {
        try withWorkshop { shop in
            let scope = try shop.scope("east", [[1]])
            try Data("no table".utf8).write(to: URL(filePath: scope.files[0].path))
            let failure = error {
                _ = try shop.pool(1).record(
                    [job(evaluation("return 1"))], scopes: [scope])
            }
            #expect(failure?.code == .unreadableData)
            #expect(failure?.description.contains("not a well-formed Arrow file") == true)
        }
    }

    @Test(arguments: [
        "printf '\\377\\377\\377\\377'; cat >/dev/null", "printf '\\001\\000\\000\\000\\063'; cat >/dev/null",
        "printf '\\000\\000\\000\\000'; cat >/dev/null", "printf '\\002\\000\\000\\000\\000\\000'; cat >/dev/null",
        // "locked down" before "ready", and a batch that is done before anybody was locked down
        "printf '\\002\\000\\000\\000\\006\\000'; cat >/dev/null",
        "printf '\\001\\000\\000\\000\\000\\001\\000\\000\\000\\004'; cat >/dev/null",
    ])
    func bytesThatAreNoRepliesBreakTheProtocol(program: String) throws {
        try withWorkshop { shop in
            let failure = error { _ = try outcome(of: program, in: shop, isLockedDown: false) }
            #expect(failure?.code == .protocolBroken)
        }
    }

    /// A worker that saw a script may be the script's; its nonsense is the end of its job, not of the run.
    @Test(arguments: [
        "\\377\\377\\377\\377", "\\001\\000\\000\\000\\063", "\\001\\000\\000\\000\\000",
        "\\002\\000\\000\\000\\005\\000", "\\002\\000\\000\\000\\006\\000",
    ])
    func nonsenseAfterTheLockDownIsADeath(bytes: String) throws {
        try withWorkshop { shop in
            let program = try shop.program("printf '\(Self.opening)\(bytes)'; cat >/dev/null")
            let record = try WorkerPool(executable: program, size: 1).record(
                [job(evaluation("return 1"), number: 0), job(evaluation("return 2"), number: 1)],
                scopes: [WorkerScope()])
            for number in [0, 1] { #expect(record.events(of: number) == [.died(.brokenProtocol)]) }
        }
    }

    /// A group of a long name is named by the beginning of it.
    @Test func lastWordsHaveRoomForWhereItWas() throws {
        try withWorkshop { shop in
            let collisions = "local t = {} for i = 1, 1e6 do t[i * 32767 * 65535 * 131071] = i end"
            let request = evaluation(collisions, limits: EvaluationLimits(cpuSeconds: 0.05))
            guard case .evaluate(var batch) = request else { return }
            let name = String(repeating: "x", count: 2000)
            batch.fixedKey = GroupKey([GroupKey.Part("network", name), GroupKey.Part("role", "a")])
            let events = try shop.pool(1).record(
                [job(.evaluate(batch))], scopes: [try shop.scope("east", [[1]])]
            ).events(of: 0)
            let told = events.compactMap { if case .reply(.progress(let progress)) = $0 { progress } else { nil } }
            #expect(events.last == .died(.overCPULimit) && told.count == 2)
            #expect(told.first?.key == batch.fixedKey)
            let parts = try #require(told.last?.key.parts)
            #expect(parts.map(\.dimension) == ["network", "role"] && parts[1].value == "a")
            #expect(parts[0].value.hasPrefix("xxx") && parts[0].value.hasSuffix("x…") && told.last?.period == "all")
        }
    }

    @Test func halfAReplyIsADeath() throws {
        try withWorkshop { shop in
            let events = try outcome(of: "printf '\\020\\000\\000\\000\\000'", in: shop)
            #expect(events == [.died(.exited(0))])
        }
    }

    @Test func requestsThatAreNoRequestsEndTheWorker() throws {
        try withWorkshop { shop in
            for (input, wanted) in [
                ("\u{1}\u{0}\u{0}\u{0}9", 70), ("\u{5}\u{0}\u{0}\u{0}hello", 70), ("", 0),
                ("\u{5}\u{0}\u{0}\u{0}he", 0),
            ] as [(String, Int32)] {
                let status = try run(URL(filePath: shop.worker), input: input).status
                #expect(status == wanted)
            }
        }
    }

    /// The set-up comes first and once: a script before it would be seen by a worker that is not locked down.
    @Test func requestsOutOfTurnEndTheWorker() throws {
        func input(_ requests: [WorkerRequest]) -> String {
            var bytes: [UInt8] = []
            for message in requests.map(\.wireBytes) { bytes += [UInt8(message.count), 0, 0, 0] + message }
            return String(decoding: bytes, as: UTF8.self)
        }
        let setUp = WorkerRequest.setUp(WorkerSetup(files: [], datasets: [], scriptMemory: 0))
        // All bytes of it are a text's.
        let limits = EvaluationLimits(
            cpuSeconds: 2, memory: 50, source: 50, result: 50, resultKeys: 50, log: 50, logLines: 50)
        let define = WorkerRequest.define(Script(name: "x.lua", source: Array("return 1".utf8)), limits: limits)
        try withWorkshop { shop in
            let cases: [(requests: [WorkerRequest], status: Int32)] = [
                ([setUp, define], 0), ([define], 70), ([setUp, setUp], 70),
            ]
            for (requests, wanted) in cases {
                // Replies go into a pipe: a worker that is locked down cannot write to files.
                let line = "{ '\(shop.worker)'; echo $? >&2; } | cat"
                let finished = try run(URL(filePath: "/bin/sh"), ["-c", line], input: input(requests))
                #expect(finished.errors == "\(wanted)\n")
            }
        }
    }
}

import Foundation
import MeasureModel
import PlumblineTestSupport
import Testing
import Workers

/// Jobs on the real worker.
struct PoolTests {
    private func withWorkshop(_ body: (Workshop) throws -> Void) throws {
        try withTemporaryFolder { try body(Workshop(in: $0)) }
    }

    /// A job that turns up later and may have more memory than those before it gets a worker with room for that.
    @Test func aLaterJobHasTheMemoryOfItsLimits() throws {
        try withWorkshop { shop in
            let small = job(evaluation("return 1", limits: EvaluationLimits(memory: 16 << 20)), number: 0)
            let limits = EvaluationLimits(memory: 4 << 30, block: 1 << 30)
            let texts = "local t = {} for i = 1, 13 do t[i] = ('x'):rep(100 << 20) .. i end return #t"
            var record = Record()
            try shop.pool(1).run([small], scopes: [try shop.scope("east", [[1]])]) { done, event in
                record.add(done, event)
                guard done.number == 0, case .reply(.batchDone) = event else { return [] }
                return [job(evaluation(texts, limits: limits), number: 1)]
            }
            #expect(record.outcomes(of: 0) == ["1", "done"])
            #expect(record.outcomes(of: 1) == ["13", "done"])
        }
    }

    @Test func aJobIsAnsweredInOrder() throws {
        try withWorkshop { shop in
            let pool = shop.pool(1)
            let scope = try shop.scope("east", [[1, 2], [4]])
            let record = try pool.record(
                [job(evaluation("return g.x:sum()", "error('no')", "return g.n", "return { 'x' }"))], scopes: [scope])
            #expect(record.outcomes(of: 0) == ["7", "lua_error", "3", "[\"x\"]", "done"])
        }
    }

    @Test func definitionsAndTestsAreJobsToo() throws {
        try withWorkshop { shop in
            let source = """
                return measure { id = "a.b", version = "1.0.0", title = "t", domain = "hub", type = "driver", unit = "u",
                  from = "survey", columns = { "x" }, value = function(g) return g.x:mean() end,
                  tests = { { rows = { { x = 3 } }, expect = { value = 3 } }, { rows = {}, expect = { value = 1 } } } }
                """
            let script = Script(name: "x.lua", source: Array(source.utf8))
            let record = try shop.pool(1).record(
                [
                    job(.define(script, limits: EvaluationLimits()), number: 1),
                    job(.test(script, limits: EvaluationLimits()), number: 2),
                ],
                scopes: [WorkerScope()])
            guard case .reply(.defined(let definition, nil, _)) = record.events(of: 1).first else {
                Issue.record("\(record.events)")
                return
            }
            #expect(definition?.id == "a.b")
            guard case .reply(.tested(let results, nil)) = record.events(of: 2).first else {
                Issue.record("\(record.events)")
                return
            }
            #expect(results.map(\.problem) == [nil, "value: expected 1, got insufficient (there is no valid value)"])
        }
    }

    @Test func scopesAreSeparate() throws {
        try withWorkshop { shop in
            let scopes = try [
                shop.scope("east", [[1, 2]]), shop.scope("west", [[10]]),
                WorkerScope(datasets: shop.scope("x", []).datasets),
            ]
            let body =
                "return table.concat({ g.n, g.x:sum().value, g.network:distinct().value, g.network:is('west'):count().value }, ' ')"
            for size in 1...3 {
                let jobs = (0..<6).map { job(evaluation(body), scope: $0 % 3, number: $0) }
                let record = try shop.pool(size).record(jobs, scopes: scopes)
                #expect(
                    [0, 3].map { record.outcomes(of: $0) } == [
                        ["\"2 3.0 1.0 0.0\"", "done"], ["\"2 3.0 1.0 0.0\"", "done"],
                    ])
                #expect(record.outcomes(of: 1) == ["\"1 10.0 1.0 1.0\"", "done"])
                #expect(record.outcomes(of: 2) == ["nothing", "done"], "a scope without files has no rows")
            }
        }
    }

    @Test func resultsDoNotDependOnTheNumberOfWorkers() throws {
        try withWorkshop { shop in
            let scopes = try (0..<3).map { try shop.scope("n\($0)", [[Double($0), 1, 2.5], [7]]) }
            let jobs = (0..<12).map { index in
                job(
                    evaluation("return g.x:sum()", "return math.random()", "return g.x:mean()"), scope: index % 3,
                    number: index)
            }
            let outcomes = try [1, 2, 5].map { size in
                let record = try shop.pool(size).record(jobs, scopes: scopes)
                return (0..<12).map { record.outcomes(of: $0) }
            }
            #expect(outcomes[0] == outcomes[1] && outcomes[1] == outcomes[2])
            #expect(outcomes[0][0][0] == "10.5")
        }
    }

    /// Strings hash differently in every process, and addresses differ: the count of instructions does not.
    @Test func fuelIsTheSameInEveryProcess() throws {
        try withWorkshop { shop in
            let scope = try shop.scope("east", [[1, 2, 3]])
            let bodies = [
                "local t = {} for i = 1, 2000 do t['k' .. i] = i end local s = 0 for k, v in pairs(t) do s = s + v end return s",
                "local t = {} for i = 1, 2000 do t[i] = tostring((i * 7919) % 997) end table.sort(t) return #t",
                "for i = 1, 500 do pcall(error, {}) end for i = 1, 200 do local c = g.x + i end return 1",
            ]
            var fuel: [[Int?]] = []
            let jobs = (0..<4).map {
                job(evaluation(bodies, limits: EvaluationLimits(fuel: 1 << 40)), scope: $0, number: $0)
            }
            try shop.pool(2).run(jobs, scopes: Array(repeating: scope, count: 4)) {
                job, event in
                if case .reply(.task(let index, let result)) = event {
                    if index == 0 { fuel.append([]) }
                    fuel[fuel.count - 1].append(result.usage.fuel)
                }
                return []
            }
            let counts = Set(fuel.flatMap(\.self))
            #expect(!counts.contains(nil))
            #expect(counts.count == 3, "\(fuel)")
        }
    }

    @Test func jobsCanLeadToJobs() throws {
        try withWorkshop { shop in
            var seen: [Int] = []
            let scope = try shop.scope("east", [[1]])
            try shop.pool(1).run(
                [job(evaluation("return 1"), number: 0)], scopes: [scope]
            ) { done, event in
                guard case .reply(.batchDone) = event else { return [] }
                seen.append(done.number)
                return done.number < 3 ? [job(evaluation("return 1"), number: done.number + 1)] : []
            }
            #expect(seen == [0, 1, 2, 3])
        }
    }

    @Test func withoutJobsNothingIsStarted() throws {
        try WorkerPool(executable: "/nowhere", size: 3).run([], scopes: []) { _, _ in [] }
    }

    @Test func largeMessagesGoThrough() throws {
        try withWorkshop { shop in
            let scope = try shop.scope("east", [[1]])
            let long = "local s = '" + String(repeating: "x", count: 50_000) + "' return s .. s"
            let record = try shop.pool(1).record(
                [job(evaluation(Array(repeating: long, count: 30)))], scopes: [scope])
            let outcomes = record.outcomes(of: 0)
            #expect(outcomes.count == 31)
            #expect(outcomes.dropLast().allSatisfy { $0.utf8.count == 100_002 })
        }
    }

    @Test func whenTheCallerGivesUpTheWorkersEnd() throws {
        try withWorkshop { shop in
            struct Enough: Error {}
            let scope = try shop.scope("east", [[1]])
            let spin = evaluation("return 1", "while true do end", limits: EvaluationLimits(cpuSeconds: 1000))
            #expect(throws: Enough.self) {
                try shop.pool(2).run(
                    [job(spin, number: 0), job(spin, scope: 1, number: 1)], scopes: [scope, scope]
                ) { _, event in
                    if case .reply(.task) = event { throw Enough() }
                    return []
                }
            }
            #if os(Linux)
            #expect(ProcessTable.processes(startedAs: shop.worker).isEmpty)
            #endif
        }
    }
}

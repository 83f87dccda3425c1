import Foundation
import MeasureModel
import PlumblineTestSupport
import Testing
import Workers

/// Same data, same scripts, same day: the same bytes, whatever the number of workers and in fresh processes, those of
/// failures and of fuel included.
struct DeterminismTests {
    /// Honest measures, failing ones, and such as feel for anything that differs from process to process.
    private static let bodies = [
        "return { m = g.x:mean(), s = g.x:sum(), d = g.y:sd(), r = ratio(g.x:sum(), g.y:sum()), q = g.x:quantile(0.37) }",
        "local t = {} for r in g:rows() do t[r.who] = (t[r.who] or 0) + r.x end local s = 0 "
            + "for k, v in pairs(t) do s = s * 0.7 + v end return s",
        "local s = 0 for name, part in g:where(g.x:below(60)):each('who') do s = s * 0.9 + part.x:mean().value end return s",
        "print(g, print, {}, g.x, math.random(1000)) for k in pairs(_G) do print(k) end return math.random()",
        "error('at ' .. tostring(g) .. tostring({}) .. tostring(print))", "return g.nothing:mean()", "return 0 / 0",
        // Where keys come and go, the border of a list with holes shows how Lua has laid its table out.
        """
        local x, s = 1, 0
        for round = 1, 60 do
          local t = {}
          for i = 1, 40 do
            x = (x * 1103515245 + 12345) % 2147483648
            local k, what = (x >> 8) % 24 + 1, (x >> 16) % 4
            if what == 0 then t['k' .. k] = i elseif what == 1 then t[k] = nil else t[k] = i end
          end
          s = s * 3 % 1000003 + #t
          for k in pairs(t) do s = s + #tostring(k) end
        end
        return s
        """,
        "local t = {} for i = 1, 300 do t['k' .. i * 7919 % 997] = i end table.sort(t) return #table.pack(next(t))",
        "local s = ('abc '):rep(500) local n = 0 for w in s:gmatch('%a+') do n = n + #s:gsub(w, 'x') end return n",
        "while true do end", "local t = {} for i = 1, 1e9 do t[i % 100] = { i } end",
        "for i = 1, 1e9 do pcall(g.column, g, 'no' .. i) end", "local function f() return f() + 1 end return f()",
        "local t = {} for i = 1, 3000 do t['k' .. i] = { i } end for i = 1, 9 do t[i] = ('x'):rep(500000) .. i end return #t",
    ]

    private static func batch(_ run: HostileRun) -> Batch {
        var batch = run.batch("", nil, isAlone: true)
        batch.dimensions = ["role"]
        batch.tasks = bodies.enumerated().map { number, body in
            Batch.Task(
                script: Script(
                    name: "\(number).lua", source: Array("return measure { value = function(g) \(body) end }".utf8)),
                form: .value, mayReadRows: true, seed: UInt64(number),
                limits: EvaluationLimits(cpuSeconds: 1000, memory: 3 << 20, fuel: 150_000))
        }
        return batch
    }

    @Test func aHundredEvaluationsAreOne() throws {
        try withTemporaryFolder { folder in
            let run = HostileRun(folder: folder)
            let (scope, request) = (try run.scope(), WorkerRequest.evaluate(Self.batch(run)))
            var seen: Set<String> = []
            var evaluations = 0
            for workers in 1...8 {
                let jobs = (0..<13).map {
                    WorkerJob(scope: $0 % workers, request: request, number: $0, patience: Patience(budgets: [150]))
                }
                var results = [String](repeating: "", count: jobs.count)
                try HostileRun.pool(workers).run(jobs, scopes: Array(repeating: scope, count: workers)) { job, event in
                    guard case .reply(.task(let index, var result)) = event else { return [] }
                    result.usage.cpuSeconds = 0
                    results[job.number] += "\(index): \(result)\n"
                    return []
                }
                evaluations += jobs.count
                seen.formUnion(results)
            }
            #expect(evaluations > 100)
            #expect(seen.count == 1)
            let codes = ["fuel_limit", "memory_limit", "lua_error", "invalid_result"]
            for code in codes.compactMap(Failure.Code.init) {
                #expect(seen.first?.contains(".\(code)") == true, "\(code)")
            }
        }
    }
}

import Foundation
import MeasureModel
import PlumblineTestSupport
import Testing

/// Nothing that one measure does is felt by the next measure, by the next group, or in the next batch.
struct ColouringTests {
    /// Every channel that a script might write to, and what it would read there afterwards.
    private static let channels: [(name: String, write: String, read: String)] = [
        ("global", "leak = 7", "return leak or 0"),
        ("global table", "_G.leak = { 7 } _ENV.leak2 = 7", "return (leak and leak[1] or 0) + (leak2 or 0)"),
        (
            "library", "pcall(function() string.leak = 7 end) pcall(rawset, math, 'leak', 7)",
            "return (string.leak or 0) + (math.leak or 0)"
        ),
        ("shadowed library", "string = { rep = function() return 'xxxxxxx' end }", "return #string.rep('x', 1)"),
        (
            "shadowed function", "pairs, tostring, type = nil, nil, nil",
            "local n = 0 for k in pairs { 1, 2 } do n = n + #type(tostring(k)) end return n"
        ),
        (
            "metatable of texts", "pcall(function() getmetatable('').__index = function() return 7 end end)",
            "return #tostring(('').leak) + #('x'):rep(2)"
        ),
        ("metatable of globals", "pcall(setmetatable, _G, { __index = function() return 7 end })", "return leak or 0"),
        ("chance", "for i = 1, 1000 do math.random() end", "return math.random(1, 1 << 40)"),
        ("next", "local t = { a = 1, b = 2 } next(t) next(t, 'a') kept = t", "return #next({ a = 1, b = 2 })"),
        ("upvalue", "counter = (counter or 0) + 1 seen[#seen + 1] = 7", "return #seen"),
        ("definition", "d.value = function() return 7 end d.leak = 7", "return d.leak or 0"),
        (
            "objects", "column = g.x estimate = g.x:mean() rows = g:rows()",
            "local n = 0 for _, o in ipairs { 'column', 'estimate', 'rows' } do if _G[o] then n = n + 1 end end return n"
        ),
        ("columns", "local c = g.x + 7 c = c:map(function(v) return v * 7 end) g.x:is(7):share()", "return g.x:mean()"),
        (
            "order", "local t = g.x:values() table.sort(t, function(a, b) return a > b end)",
            "return g.x:values()[1] + g.x:values()[2]"
        ),
        ("keys", "g.keys.role = 'x' g.period.label = 'x'", "return #(g.keys.role or '') + #g.period.label"),
        (
            "joined columns", "kept = g:join('roster', { who = 'who' }, { leak = 'site' })",
            "return pcall(function() return g.leak end) and 7 or 0"
        ),
        ("printed text", "for i = 1, 2000 do print(('x'):rep(100)) end", "print('quiet') return 1"),
        ("error", "error('what others said', 0)", "local _, e = pcall(error) return #tostring(e)"),
        ("caught limit", "pcall(function() while true do end end)", "return 1"),
        (
            "memory", "t = {} for i = 1, 1e9 do t[i] = { i } end",
            "local t = {} for i = 1, 1e5 do t[i] = i end return #t"
        ),
        (
            "objects kept", "t = {} for i = 1, 1e9 do t[i] = g.x + i end",
            "local c = g.x for i = 1, 50 do c = c + 1 end return c:mean()"
        ),
    ]

    private static func file(_ write: String, _ read: String, writesFirst: Bool) -> String {
        """
        local seen, d = {}, nil
        d = measure { value = function(g)
          \(writesFirst ? "if g.keys.role == 'a' then " + write + " end" : "")
          \(read)
        end }
        return d
        """
    }

    /// A writer in one task and its reader in the next, and both in one measure over two groups.
    @Test func noChannelCarriesAnything() throws {
        try withTemporaryFolder { folder in
            let run = HostileRun(folder: folder, limits: EvaluationLimits(cpuSeconds: 0.3, memory: 16 << 20))
            func task(_ text: String) -> Batch.Task {
                Batch.Task(
                    script: Script(name: "x.lua", source: Array(text.utf8)), form: .value, with: ["roster"],
                    mayReadRows: true, seed: 1, limits: run.limits)
            }
            var base = run.batch("", nil, isAlone: true)
            base.dimensions = ["role"]
            let readers = Self.channels.map { task(Self.file("", $0.read, writesFirst: false)) }
            let writers = Self.channels.map { task(Self.file($0.write, $0.read, writesFirst: true)) }
            let plain = try Self.results(of: readers.map { [$0] }, base, run)
            let after = try Self.results(of: zip(writers, readers).map { [$0, $1] }, base, run)
            for (number, channel) in Self.channels.enumerated() {
                let alone = plain[number][0]
                #expect(alone.groups.count == 2 && alone.groups.allSatisfy { $0.failure == nil }, "\(channel.name)")
                #expect(alone.groups == after[number][1].groups && alone.log == after[number][1].log, "\(channel.name)")
                // The group behind the one that wrote; a measure that was stopped has none.
                let writer = after[number][0]
                if writer.failure == nil { #expect(writer.groups[1] == alone.groups[1], "\(channel.name)") }
            }
        }
    }

    private static func results(
        of batches: [[Batch.Task]], _ base: Batch, _ run: HostileRun
    ) throws -> [[TaskResult]] {
        var results = [[TaskResult]](repeating: [], count: batches.count)
        let requests = batches.map { tasks in
            var batch = base
            batch.tasks = tasks
            return WorkerRequest.evaluate(batch)
        }
        try run.replies(to: requests) { number, reply in
            if case .task(_, let result) = reply { results[number].append(result) }
        }
        return results
    }
}

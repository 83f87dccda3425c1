import MeasureModel
import PlumblineTestSupport
import Testing

/// Modules that travel with a script: anew for each group, under the rules of the script, named where they fail.
struct ModuleTests {
    private let world = World(
        TestFile(Cells.numbers("x", [1, 2, 3, 4]), Cells.texts("team", ["a", "a", "b", "b"])))

    private func module(_ name: String, _ text: String) -> ScriptModule {
        ScriptModule(name: name, file: "Plugins/\(name).lua", source: Array(text.utf8))
    }

    private func ask(_ body: String, _ modules: [ScriptModule], _ question: Question = Question()) throws -> Answer {
        var task = question.task(measure(body))
        task.script.modules = modules
        let replies = try world.evaluate([question.batch([task])])[0]
        guard replies.count == 3, case .grouped(let summary) = replies[0], case .task(0, let result) = replies[1] else {
            throw World.Unexpected(replies: replies)
        }
        return Answer(result: result, summary: summary)
    }

    private func defined(_ request: WorkerRequest) throws -> (MeasureDefinition?, Failure?, [Finding]) {
        guard case .defined(let definition, let failure, let findings) = try world.replies(to: [request])[1][0] else {
            throw World.Unexpected(replies: [])
        }
        return (definition, failure, findings)
    }

    @Test func groupsDoNotSeeWhatAModuleKept() throws {
        let counter = module("a.counter", "local n = 0 return function() n = n + 1 return n end")
        let answer = try ask("return require('a.counter')() + g.x:sum() * 0", [counter], Question(by: ["team"]))
        #expect(answer.lines == ["a@0: 1", "b@0: 1"])
    }

    @Test func verbsWorkInModules() throws {
        let mean = module("a.mean", "return function(g) return ratio(g.x:sum(), g.x:count()) end")
        #expect(try ask("return require('a.mean')(g)", [mean]).value() == 2.5)
    }

    @Test func aFailureNamesTheModuleAndWhoCalledIt() throws {
        let bad = module("a.bad", "return function(g)\n  return g.y:mean()\nend")
        let failure = try ask("\nlocal mean = require('a.bad')(g)\nreturn mean", [bad]).failure()
        #expect(failure.file == "Plugins/a.bad.lua" && failure.line == 2)
        #expect(failure.message.hasSuffix("(called from Measures/x.lua:2)"), "\(failure.message)")
    }

    @Test func rowAccessIsThatOfTheMeasure() throws {
        let values = module("a.values", "return function(g) return #g.x:values() end")
        #expect(try ask("return require('a.values')(g)", [values]).value() == 4)
        let failure = try ask("return require('a.values')(g)", [values], Question(mayReadRows: false)).failure()
        #expect(failure.message.contains("row_access"), "\(failure.message)")
    }

    /// Words that a module says between quotes are published as the script's own are, and no others.
    @Test func reasonsMayStandInModules() throws {
        let reasons = module("a.reasons", "return function(g) return insufficient('nobody was there') end")
        #expect(try ask("return require('a.reasons')(g)", [reasons]).part().reason == "nobody was there")
        let composed = module("a.reasons", "return function(g) return insufficient('x is ' .. g.x:max().value) end")
        #expect(try ask("return require('a.reasons')(g)", [composed]).part().reason == nil)
    }

    @Test func modulesAreTriedWhenAFileIsRead() throws {
        var script = Script(name: "Measures/x.lua", source: Array(DefinitionTests.file().utf8))
        script.modules = [module("a.fine", "return {}"), module("a.nothing", "local x = 1")]
        let (definition, failure, _) = try defined(.define(script, limits: EvaluationLimits(cpuSeconds: 0.5)))
        #expect(definition == nil && failure?.file == "Plugins/a.nothing.lua")
        #expect(failure?.message.hasPrefix("the module `a.nothing` returns nothing") == true)
        script.modules = [module("a.spins", "while true do end return {}")]
        #expect(try defined(.define(script, limits: EvaluationLimits(cpuSeconds: 0.5))).1?.code == .cpuLimit)
        script.modules = [module("a.broken", "return {\n  x = = 1 }")]
        let broken = try defined(.define(script, limits: EvaluationLimits(cpuSeconds: 0.5))).1
        #expect(broken?.code == .syntaxError && broken?.file == "Plugins/a.broken.lua" && broken?.line == 2)
    }

    @Test func modulesAreLinted() throws {
        let bad = module("a.bad", "return function(g)\n  return g:where(g.x == 1)\nend")
        var script = Script(name: "Measures/x.lua", source: Array(DefinitionTests.file().utf8))
        script.modules = [bad]
        let ofMeasure = try defined(.define(script, limits: EvaluationLimits(cpuSeconds: 0.5))).2
        let (_, failure, ofModule) = try defined(.module(bad, requires: [], limits: EvaluationLimits()))
        #expect(failure == nil && ofModule == ofMeasure)
        #expect(ofModule.map(\.rule) == ["column-comparison"])
        #expect(ofModule.first?.file == "Plugins/a.bad.lua" && ofModule.first?.line == 2)
    }

    @Test func testsRunWithModules() throws {
        let module = module("a.mean", "return function(g) return g.a:mean() end")
        let file = DefinitionTests.file(replacing: "value", with: "function(g, p) return require('a.mean')(g) end")
            .replacing("rows = {}, expect = {}", with: "rows = { { a = 3 } }, expect = { value = 3 }")
        let script = Script(name: "Measures/x.lua", source: Array(file.utf8), modules: [module])
        let request = WorkerRequest.test(script, limits: EvaluationLimits())
        guard case .tested(let results, nil) = try world.replies(to: [request])[1][0] else {
            throw World.Unexpected(replies: [])
        }
        #expect(results.count == 2 && results.allSatisfy { $0.problem == nil }, "\(results)")
    }
}

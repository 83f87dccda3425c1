import Testing

@testable import Workers

/// When a worker is over its time, told by readings of two clocks.
struct PatienceTests {
    private typealias Reading = PatienceClock.Reading

    /// The second in which a worker is killed that uses `cpu(second)` of each second; nil if it never is in an hour.
    private func killedAt(
        budgets: [Double] = [1], hostWork: Double = 600, cpu: (Int) -> Double?,
        events: [Int: (inout PatienceClock, PatienceClock.Reading) -> Void] = [:]
    ) -> Int? {
        var used: Double? = cpu(0) == nil ? nil : 0
        var clock = PatienceClock(
            Patience(budgets: budgets, hostWork: hostWork), now: Reading(wall: 0, cpu: used))
        for second in 1...3600 {
            used = cpu(second).flatMap { more in used.map { $0 + more } }
            let now = Reading(wall: Double(second), cpu: used)
            events[second]?(&clock, now)
            if clock.isOver(now) { return second }
        }
        return nil
    }

    @Test func aScriptThatGoesOnIsKilledAtTwiceItsBudgetAndTwoSeconds() {
        #expect(killedAt { _ in 1 } == 4)
        #expect(killedAt(budgets: [10]) { _ in 1 } == 22)
        #expect(killedAt(budgets: [0.05]) { _ in 1 } == 3)
    }

    @Test func oneThatDoesNothingIsKilledThen() {
        #expect(killedAt { _ in 0 } == 4)
        #expect(killedAt { second in second < 3 ? 1 : 0 } == 4)
    }

    @Test func oneThatWaitsForItsTurnIsNot() {
        #expect(killedAt { _ in 0.1 } == 20, "when it has used twice its budget")
        #expect(killedAt { _ in 0.011 } == 40, "but not longer than ten times as long")
    }

    @Test func withoutAClockOfTheWorkerTheWallDecides() {
        #expect(killedAt { _ in nil } == 4)
    }

    @Test func eachScriptHasItsOwnTime() {
        let next: (inout PatienceClock, PatienceClock.Reading) -> Void = { $0.nextScript($1) }
        #expect(killedAt(budgets: [1, 10], cpu: { _ in 1 }, events: [3: next]) == 3 + 22)
        #expect(killedAt(budgets: [10, 1], cpu: { _ in 1 }, events: [3: next]) == 3 + 4)
    }

    @Test func hostWorkIsNoScriptsFault() {
        let begins: (inout PatienceClock, PatienceClock.Reading) -> Void = { $0.setHostWork(true, $1) }
        let ends: (inout PatienceClock, PatienceClock.Reading) -> Void = { $0.setHostWork(false, $1) }
        #expect(killedAt(cpu: { _ in 1 }, events: [1: begins, 101: ends]) == 104)
        #expect(killedAt(hostWork: 50, cpu: { _ in 1 }, events: [1: begins]) == 52, "it has its end too")
        // A worker that says so again and again buys nothing: the seconds of its script are counted together.
        var events: [Int: (inout PatienceClock, PatienceClock.Reading) -> Void] = [:]
        for second in 1...3600 { events[second] = second.isMultiple(of: 2) ? begins : ends }
        #expect(killedAt(hostWork: 50, cpu: { _ in 1 }, events: events) == 6)
    }

    /// Told in each second up to one that its script has used so much.
    private func words(
        until last: Int = 3600, _ seconds: @escaping (Int) -> Double
    ) -> [Int: (inout PatienceClock, PatienceClock.Reading) -> Void] {
        var events: [Int: (inout PatienceClock, PatienceClock.Reading) -> Void] = [:]
        for second in 1...last { events[second] = { $0.note(scriptSeconds: seconds(second), $1) } }
        return events
    }

    /// Many groups: the worker is busy, and its script has used little of that.
    @Test(arguments: [1, nil] as [Double?]) func whatPassesBesideTheScriptIsTheHosts(cpu: Double?) {
        let little = words { Double($0) / 128 }
        #expect(killedAt(budgets: [30], cpu: { _ in cpu }, events: little) == 605, "as long as its own work may take")
        #expect(killedAt(budgets: [30], hostWork: 50, cpu: { _ in cpu }, events: little) == 51)
        let silent = words(until: 100) { Double($0) / 128 }
        #expect(killedAt(cpu: { _ in cpu }, events: silent) == 104, "a script that goes on says nothing")
    }

    @Test func aScriptThatUsedItsBudgetHasNoMoreThanTwice() {
        #expect(killedAt(cpu: { _ in 1 }, events: words(Double.init)) == 4)
        #expect(killedAt(budgets: [10], cpu: { _ in 1 }, events: words(Double.init)) == 9 + 22)
    }

    /// It may be the script that speaks.
    @Test func wordsBuyNoMoreThanTheHostMayTake() {
        #expect(killedAt(cpu: { _ in 1 }, events: words { _ in 0 }) == 601)
        #expect(killedAt(cpu: { _ in 0 }, events: words { _ in 0 }) == 640)
        #expect(killedAt(cpu: { _ in 1 }, events: words { 1 - 1 / Double($0 + 1) }) == 601)
        for nonsense in [-1, .nan, .infinity, -.infinity] as [Double] {
            #expect(killedAt(cpu: { _ in 1 }, events: words { _ in nonsense }) == 4)
        }
    }
}

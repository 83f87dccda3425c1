import MeasureModel
import Testing

/// What shows the smallest or the largest value of a few rests on those who have it.
struct ExtremeTests {
    private static let pay = [41111.0, 52222, 53333, 54444, 55555, 56666, 57777, 98765]
    private let world = World(
        TestFile(
            Cells.numbers("pay", Self.pay), Cells.numbers("bonus", [nil, 7777, nil, nil, nil, nil, nil, nil]),
            Cells.numbers("trust", [6, 5, 4, 4, 3, 3, 2, 5]),
            Cells.numbers("duo", [1, nil, 5, nil, nil, nil, nil, nil]),
            Cells.labels("k", ["a", "a", "b", "c", "d", "e", "f", "g"])), datasets: [World.survey])

    @Test func intervalsDoNotEndAtAnExtremeOfFew() throws {
        for verb in ["median()", "bootstrap{ statistic = 'median', level = 0.999 }", "median_survival(g.pay:above(0))"]
        {
            let estimate = try world.estimate("return g.pay:\(verb)")
            #expect(estimate.low == nil && estimate.high == nil, "\(verb)")
        }
        #expect(try world.message("return g.pay:mean{ level = 0.9999 }").contains("at most 0.999"))
    }

    @Test(arguments: [
        ("return g.pay:median()", 8), ("return g.pay:quantile(1.3 / 8, { type = 3 })", 1),
        ("return g.pay:quantile(1.000000001 / 8, { type = 4 })", 1),
        ("return g.pay:weighted{ by = g.trust }:quantile(1e-12, { rule = 'interpolated' })", 1),
        ("return g.pay:weighted{ by = g.trust }:quantile(1 - 1e-12, { rule = 'interpolated' })", 1),
        ("return g.pay:median_survival(g.pay:at_least(90000))", 1),
        ("return g.pay:median_survival(g.pay:above(0))", 8), ("return g.bonus:fill(0):sum()", 1),
        ("return g.trust:is(6):sum()", 1), ("return g.trust:is(4):sum()", 2),
        ("return g:alpha({ 'duo', 'trust' }, { missing = 'pairwise' })", 2),
        ("return g.pay:anova('k').sd_within", 2),
        ("return g.pay:variance_components('k', { method = 'anova' }).sd_within", 2),
    ])
    func restOnThoseWhoShow(body: String, persons: Int) throws {
        #expect(try world.estimate(body).persons == persons)
    }
}

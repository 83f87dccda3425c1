import MeasureModel
import Testing

/// What lies between sites: analysis of variance, variance components, shrunken estimates, funnels, inequality.
struct SiteTests {
    private static let x: [Double?] = [1, 2, 3, 4, 5, 9, 8, 7, nil, 6]
    private static let site: [String?] = ["a", "a", "a", "b", "b", "c", "c", "c", "c", nil]

    private static func world(_ transform: (Double) -> Double = { $0 }, order: [Int] = Array(x.indices)) -> World {
        World(
            TestFile(
                Cells.labels("who", order.map { "p\($0)" }), Cells.labels("school", order.map { site[$0] }),
                Cells.numbers("x", order.map { x[$0].map(transform) }),
                Cells.numbers("t", order.map { Double($0) }), Cells.numbers("same", order.map { _ in 5 }),
                Cells.numbers("huge", order.map { $0 % 2 == 0 ? 1e300 : -1e300 }),
                Cells.numbers("infinite", order.map { $0 == 0 ? .infinity : 1 }),
                Cells.numbers("none", order.map { _ in nil }),
                Cells.truths("yes", order.map { $0 % 3 == 0 }), Cells.integers("done", order.map { $0 }),
                Cells.integers("asked", order.map { $0 + 2 }), Cells.numbers("half", order.map { Double($0) + 0.5 })),
            datasets: [World.named])
    }

    private let world = SiteTests.world()

    private func reason(_ expression: String) throws -> String? {
        let part = try world.ask("return \(expression)").part()
        #expect(part.status == .insufficient && part.estimate == nil, "\(expression)")
        return part.reason
    }

    @Test func analysisOfUnequalSites() throws {
        // Means 2, 4.5, 8 of 3, 2, 3 values about 4.875; within 2 + 0.5 + 2.
        let between = 3 * 2.875 * 2.875 + 2 * 0.375 * 0.375 + 3 * 3.125 * 3.125
        let f = try world.estimate("return g.x:anova('school')")
        #expect(isClose(f.value, between / 2 / (4.5 / 5)) && f.n == 8 && f.persons == 8 && f.low == nil)
        let body = """
            local e = g.x:anova(g.school)
            assert(e.df_between == 2 and e.df_within == 5 and e.sites == 3 and e.grand_mean == 4.875)
            assert(math.abs(e.ss_within - 4.5) < 1e-12 and math.abs(e.ms_within - 0.9) < 1e-12 and e.p < 0.01)
            assert(math.abs(e.eta_squared - e.ss_between / (e.ss_between + e.ss_within)) < 1e-12)
            return e.n0
            """
        #expect(isClose(try world.value(body), (8 - (9.0 + 4 + 9) / 8) / 2))
    }

    @Test func intraclassCorrelations() throws {
        let icc = try world.estimate("return g.x:icc('school')")
        #expect(icc.value > 0.8 && icc.method == "mean_squares" && (icc.low ?? 1) < icc.value)
        let mean = try world.estimate("return g.x:icc('school', { size = 'mean' })")
        #expect(mean.value != icc.value && mean.low == nil)
        #expect(try world.value("local e = g.x:icc('school') return e.icc2 - e.value") > 0)
        #expect(try world.value("return g.t:icc('yes')") < 0, "not cut off")
        let model = try world.estimate("return g.x:icc('school', { method = 'reml' })")
        #expect((0...1).contains(model.value) && model.low == nil)
        #expect(try world.message("return g.x:icc('school', { covariates = { 't' } })").contains("need a model"))
        #expect(try world.message("return g.x:icc('school', { method = 'ml', size = 'n0' })").contains("belongs to"))
    }

    @Test func variancesBetweenSites() throws {
        let body = """
            local e, s = g.x:variance_components('school'), g.x:between_sd('school')
            assert(math.abs(s.value ^ 2 - e.value) < 1e-9 and e.between == e.value and e.sites == 3)
            assert(e.coefficients.intercept and e.standard_errors.intercept > 0 and e.reliability < 1)
            local m = g.x:variance_components('school', { covariates = { 't' }, method = 'ml' })
            assert(m.coefficients.t and m.log_likelihood < 0)
            return e.icc
            """
        #expect((0.5...1).contains(try world.value(body)))
        #expect(try world.value("return g.t:between_sd('yes')") == 0)
        #expect(try world.value("return g.t:variance_components('yes', { method = 'anova' })") < 0)
        #expect(try reason("g.t:between_sd('yes', { method = 'anova' })")?.contains("below 0") == true)
        #expect(
            try reason("g.x:between_sd('school', { covariates = { 'same' } })")?.contains("not be constant") == true)
        #expect(
            try world.message("return g.x:between_sd('school', { covariates = 't' })").contains("a list of at most 20"))
    }

    @Test func comparisonsThatCannotBeMadeHaveAReason() throws {
        for verb in ["anova", "icc", "variance_components", "between_sd"] {
            #expect(try reason("g:where(g.school:is('a')).x:\(verb)('school')")?.contains("two sites") == true)
            #expect(try reason("g:where(g.x:above(99)).x:\(verb)('school')")?.contains("two sites") == true)
            #expect(try reason("g.x:\(verb)('none')")?.contains("two sites") == true)
            #expect(try reason("g.none:\(verb)('school')")?.contains("two sites") == true)
            #expect(try reason("g.x:\(verb)('who')")?.contains("two values") == true)
            #expect(try reason("g.same:\(verb)('school')") != nil)
            #expect(try reason("g.huge:\(verb)('school')")?.contains("too large") == true)
            #expect(try reason("g.infinite:\(verb)('school')")?.contains("infinite") == true)
        }
        #expect(try reason("g.same:anova('school')")?.contains("vary within a site") == true)
    }

    @Test func orderUnitsAndCopiesDoNotMatter() throws {
        let turned = Self.world(order: [3, 9, 0, 7, 5, 8, 1, 6, 2, 4])
        let moved = Self.world { 1e7 + 4 * $0 }
        for expression in ["g.x:anova('school')", "g.x:icc('school')", "g.x:icc('school', { method = 'reml' })"] {
            let value = try world.value("return \(expression)")
            #expect(isClose(value, try turned.value("return \(expression)"), within: 1e-12), "\(expression)")
            #expect(isClose(value, try moved.value("return \(expression)"), within: 1e-7), "\(expression)")
        }
        #expect(
            isClose(
                4 * (try world.value("return g.x:between_sd('school')")),
                try moved.value("return g.x:between_sd('school')"),
                within: 1e-7))
    }

    // MARK: Tables by site

    @Test func sitesAreDrawnTowardsTheirAverage() throws {
        let answer = try world.ask("return g.x:site_estimates('school')")
        let parts = answer.groups[0].parts
        #expect(parts.map(\.part) == ["a", "b", "c"])
        #expect(parts.map { $0.estimate?.n } == [3, 2, 3] && parts.allSatisfy { $0.estimate?.method == "shrunken" })
        let body = """
            local sites = g.x:site_estimates('school')
            for name, site in pairs(sites) do
              local kept = site.center + site.shrinkage * (site.observed - site.center)
              assert(math.abs(kept - site.value) < 1e-9 and math.abs(site.effect + site.center - site.value) < 1e-9)
              assert(site.low < site.value and site.se > 0)
            end
            assert(sites.a.side == -1 and sites.b.side == 0 and sites.c.side == 1)
            return sites.a.observed
            """
        #expect(try world.value(body) == 2)
    }

    /// As with `each`: who is shown the names rests on the site with the fewest persons.
    @Test func aTableRestsOnItsSmallestSite() throws {
        let number = try world.ask("local sites = g.x:site_estimates('school') return #'abc'")
        #expect(try number.estimate().persons == 2)
        #expect(
            try world.ask("return g.x:site_estimates('school', { least = 3 })").groups[0].parts.map(\.part) == [
                "a", "c",
            ])
    }

    @Test func personsAreNoSitesForHubs() throws {
        var question = Question()
        question.mayReadRows = false
        #expect(try world.message("return g.x:site_estimates('who')", question).contains("single rows"))
        #expect(try world.message("return g.yes:funnel('who')", question).contains("single rows"))
        #expect(try world.message("return g.x:site_estimates(g.t + 0)", question).contains("not a computed one"))
    }

    @Test func funnelsOfAnswersAndOfCounts() throws {
        let answers = try world.ask("return g.yes:funnel('school')").groups[0].parts
        #expect(answers.map { $0.estimate?.n } == [3, 2, 4] && answers[0].estimate?.method == "wilson")
        let body = """
            local site = g.done:funnel('school', { trials = 'asked', target = 0.5, level = 0.9 }).c
            assert(site.value == 26 / 34 and site.n == 34 and site.target == 0.5 and site.side == 1)
            assert(site.upper < site.value and site.lower < 0.5 and site.z > 1.96)
            local normal = g.done:funnel('school', { trials = g.asked, target = 0.5, method = 'normal' }).c
            return normal.upper
            """
        #expect(isClose(try world.value(body), 0.5 + 1.959963984540054 * (0.25 / 34).squareRoot()))
        let phi = "g.done:overdispersion('school', { trials = 'asked' })"
        #expect(
            try world.value("local e = \(phi) assert(e.sites == 3 and e.df == 2 and e.p < 1) return e.chi_squared") > 0)
    }

    @Test func funnelsThatCannotBeDrawnHaveAReason() throws {
        #expect(try reason("g.half:overdispersion('school', { trials = 'asked' })")?.contains("whole numbers") == true)
        #expect(try reason("g.asked:overdispersion('school', { trials = 'done' })")?.contains("whole numbers") == true)
        #expect(
            try reason("g.infinite:overdispersion('school', { trials = 'huge' })")?.contains("whole numbers") == true)
        #expect(try reason("g.same:is(5):overdispersion('school')")?.contains("both successes and failures") == true)
        #expect(try reason("g.same:is(5):funnel('school').a")?.contains("both successes and failures") == true)
        #expect(try reason("g:where(g.t:above(99)).yes:overdispersion('school')") != nil)
        #expect(try world.message("return g.yes:funnel('school', { target = 1 })").contains("above 0 and below 1"))
        #expect(try world.message("return g.yes:funnel('school', { least = 0 })").contains("at least 1"))
        #expect(try world.message("return g.x:funnel('school')").contains("funnel"))
    }

    // MARK: Inequality

    @Test func inequalityOfAmounts() throws {
        // Of 1, 2, 3, 4, 5, 6, 7, 8, 9: Σ(2i - 10) i / (9 · 45).
        #expect(isClose(try world.value("return g.x:gini()"), 120.0 / 405))
        #expect(isClose(try world.value("return g.x:gini{ sample = true }"), 120.0 / 405 * 9 / 8))
        #expect(try world.value("return g.same:gini()") == 0 && (try world.value("return g.same:theil()")) == 0)
        for index in ["T", "L", "GE2"] {
            let body = """
                local e = g.x:theil{ index = '\(index)', by = 'school' }
                assert(math.abs(e.between + e.within - e.value) < 1e-12 and e.share_between > 0.5)
                return e.value
                """
            let own = try world.value("return g:where(g.school:valid()).x:theil{ index = '\(index)' }")
            #expect(isClose(try world.value(body), own))
        }
        #expect(isClose(try Self.world { 1000 * $0 }.value("return g.x:gini()"), 120.0 / 405))
    }

    @Test func inequalityThatCannotBeToldHasAReason() throws {
        for verb in ["gini()", "theil()", "theil{ index = 'L' }"] {
            #expect(try reason("g.none:\(verb)") != nil)
            #expect(try reason("g.huge:\(verb)") != nil)
            #expect(try reason("g.infinite:\(verb)") != nil)
            #expect(try reason("(g.x * -1):\(verb)") != nil)
            #expect(try reason("(g.x * 0):\(verb)")?.contains("above 0") == true)
        }
        #expect(try reason("g.t:theil{ index = 'L' }")?.contains("above 0") == true, "0 has no logarithm")
        #expect(try reason("g:where(g.x:is(1)).x:gini{ sample = true }")?.contains("two amounts") == true)
        #expect(try world.message("return g.x:theil{ index = 'theil' }").contains("\"T\", \"L\", \"GE2\""))
    }
}

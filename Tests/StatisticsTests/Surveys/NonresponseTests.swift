import Statistics
import Testing

@Suite("Surveys: who did not answer")
struct NonresponseTests {
    @Test("those who answered stand for their cell")
    func cells() throws {
        let (weights, cells): ([Double], [Int32]) = ([1, 3, 2, 2, 5], [0, 0, 1, 1, 2])
        let result = try UnitNonresponse(
            weights: weights.span, hasResponded: [true, false, true, true, false], cells: cells.span)
        #expect(result.factors == [4, 1, nil] && result.adjustedWeights == [4, 0, 2, 2, 0])
        #expect(result.emptyCells == [2] && result.responseRate == 0.6)
        expectClose(result.weightedResponseRate, 5.0 / 13)
        let whole = try UnitNonresponse(weights: weights.span, hasResponded: [true, false, true, true, false])
        expectClose(whole.adjustedWeights.reduce(0, +), 13)
    }

    @Test("weights and cells that cannot be used")
    func problems() {
        let (bad, good, cells): ([Double], [Double], [Int32]) = ([1, -1], [1, 1], [0, -1])
        #expect(throws: SurveyProblem.unusableWeight(row: 1)) {
            try UnitNonresponse(weights: bad.span, hasResponded: [true, true])
        }
        #expect(throws: SurveyProblem.unknownCategory(row: 1)) {
            try UnitNonresponse(weights: good.span, hasResponded: [true, true], cells: cells.span)
        }
    }

    @Test("bounds take those who did not answer to either end")
    func bounds() {
        #expect(NonresponseBounds.mean(0.5, responseRate: 0.75, scale: 0...1) == 0.375...0.625)
        #expect(NonresponseBounds.mean(4, responseRate: 1, scale: 1...5) == 4...4)
        #expect(NonresponseBounds.mean(4, responseRate: 0, scale: 1...5) == 1...5)
        #expect(NonresponseBounds.mean(6, responseRate: 0.5, scale: 1...5) == nil)
        #expect(NonresponseBounds.mean(.nan, responseRate: 0.5, scale: 1...5) == nil)
        #expect(NonresponseBounds.mean(4, responseRate: 1.1, scale: 1...5) == nil)
    }

    @Test("outcome rates lie in order, and agree where nothing is unknown")
    func outcomes() throws {
        let survey = try #require(
            Dispositions(
                interviews: 50, partials: 5, refusals: 10, noncontacts: 20, others: 5, unknownHouseholds: 8,
                unknownOthers: 2, ineligible: 10))
        let rate = { (rate: Dispositions.Rate) in survey.rate(rate) ?? .nan }
        #expect(rate(.rr1) < rate(.rr3) && rate(.rr3) < rate(.rr5) && rate(.rr5) < rate(.coop1))
        #expect(survey.rate(.rr1) == 0.5 && survey.rate(.rr2) == 0.55 && survey.eligibleShare == 0.9)
        expectClose(survey.rate(.rr3), 50.0 / 99)
        #expect(survey.rate(.rr3, eligibleShare: 1) == survey.rate(.rr1))
        #expect(survey.rate(.rr3, eligibleShare: 0) == survey.rate(.rr5))
        #expect(survey.rate(.rr3, eligibleShare: 2) == nil && survey.rate(.rr1, eligibleShare: 2) == 0.5)
        let known = try #require(Dispositions(interviews: 3, refusals: 1))
        #expect(known.rate(.rr1) == 0.75 && known.rate(.rr3) == 0.75 && known.rate(.rr5) == 0.75)
        let nothing = try #require(Dispositions(interviews: 0))
        for rate in Dispositions.Rate.allCases { #expect(nothing.rate(rate) == nil) }
        #expect(Dispositions(interviews: -1) == nil && Dispositions(interviews: .nan) == nil)
    }
}

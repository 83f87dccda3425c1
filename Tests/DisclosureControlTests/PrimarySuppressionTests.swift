import DisclosureControl
import MeasureModel
import Testing

struct PrimarySuppressionTests {
    private let policy = DisclosurePolicy(rules: [
        "staff": .init(minimum: 5, version: 1), "student": .init(minimum: 10, version: 3),
        "practice": .init(minimum: 1, version: 1),
    ])

    private func part(_ persons: Int, n: Int = 20, _ classes: [String] = ["staff"], group: Int? = nil) -> PartResult {
        PartResult(
            part: nil, estimate: Estimate(value: 1, n: n, persons: persons, classes: classes), status: .ok,
            groupPersons: group ?? persons)
    }

    private func hides(_ parts: PartResult...) -> Bool {
        PrimarySuppression.hides(parts, classes: ["staff"], policy: policy)
    }

    @Test(arguments: [(1, true), (4, true), (5, false), (6, false)]) func theThresholdCountsPersons(
        persons: Int, hidden: Bool
    ) {
        #expect(hides(part(persons)) == hidden)
        #expect(hides(part(persons, n: 1000)) == hidden, "rows do not count")
    }

    @Test func theStricterClassCounts() {
        #expect(!hides(part(9, ["practice", "staff"])))
        #expect(hides(part(9, ["staff", "student"])))
        #expect(!hides(part(10, ["staff", "student"])))
        #expect(policy.label(for: ["staff", "student"]) == "student@3")
    }

    @Test func aClassWithoutARuleIsHidden() {
        #expect(hides(part(1_000_000, ["unheard_of"])))
    }

    @Test func partsAreHiddenTogether() {
        #expect(hides(part(40), part(4)))
        #expect(!hides(part(40), part(5)))
    }

    @Test func rowsWithoutPersonsAreNotKnownToBeSafe() {
        #expect(hides(part(0, n: 30, ["practice"])))
        #expect(!hides(part(0, n: 0, group: 0)), "nothing at all is no secret")
    }

    @Test func aCellOfFewPersonsHidesThatItHasNoNumberToo() {
        let empty = PartResult(part: nil, estimate: nil, status: .insufficient, groupPersons: 3)
        #expect(hides(empty))
        #expect(!hides(PartResult(part: nil, estimate: nil, status: .insufficient, groupPersons: 5)))
        #expect(!hides(PartResult(part: nil, estimate: nil, status: .insufficient, groupPersons: 0)))
    }
}

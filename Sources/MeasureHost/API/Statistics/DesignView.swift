import Statistics

/// A survey's design over rows of a group, as a script holds it.
final class DesignView: HeldObject {
    /// Whose rows are weighted; it rests on the rosters that weights were adjusted to.
    let group: GroupView
    /// The places in the group of the rows that are in the sample: those with a weight.
    let places: [Int]
    /// The design of these rows, or why there is none.
    let design: Result<SurveyDesign, Undefined>
    /// By place in the group, whether estimates are about the row; nil for all.
    let domain: [Bool]?

    init(group: GroupView, places: [Int], design: Result<SurveyDesign, Undefined>, domain: [Bool]? = nil) {
        self.group = group
        self.places = places
        self.design = design
        self.domain = domain
    }

    /// About what it takes: weights, clusters and places, and the margins that weights were adjusted to.
    var byteCount: Int { places.count * 48 }

    /// The same rows with a design made of this one.
    func changed(
        resting group: GroupView? = nil, _ change: (SurveyDesign) throws(SurveyProblem) -> SurveyDesign
    ) -> DesignView {
        let changed: Result<SurveyDesign, Undefined>
        switch design {
        case .failure(let undefined): changed = .failure(undefined)
        case .success(let design):
            do throws(SurveyProblem) {
                changed = .success(try change(design))
            } catch {
                changed = .failure(Undefined(error.reason))
            }
        }
        return DesignView(group: group ?? self.group, places: places, design: changed, domain: domain)
    }

    /// Values of a column for the rows of the sample, missing outside the domain.
    func values(_ column: ArraySlice<Double>) -> [Double] {
        places.map { place in domain?[place] == false ? .nan : column[column.startIndex + place] }
    }

    /// By place in the group, the weight of the row where estimates are about it; missing elsewhere.
    func weightByRow(_ design: SurveyDesign) -> [Double] {
        var weights = [Double](repeating: .nan, count: group.count)
        for (place, weight) in zip(places, design.weights) where domain?[place] != false { weights[place] = weight }
        return weights
    }
}

extension SurveyProblem {
    /// Why there is no estimate, in words that name no row and no category: they may be published.
    var reason: String {
        switch self {
        case .noRows: "no row has a weight"
        case .unusableWeight: "a weight is negative or infinite"
        case .noWeight: "no row has a weight above 0"
        case .unknownStratumOrCluster: "a row has no stratum or no cluster"
        case .unequalPopulationSizes: "rows of a stratum name different population sizes"
        case .populationSmallerThanSample: "a stratum has fewer units in the population than in the sample"
        case .unknownCategory: "a row has no category of the margin"
        case .unusableCount: "the population has no usable count for a category of the sample"
        case .emptyCategory: "a category of the population is not in the sample: merge it with another"
        case .unequalMargins: "the margins' population counts have different sums"
        case .didNotConverge: "raking did not meet the margins: merge categories with few rows"
        }
    }
}

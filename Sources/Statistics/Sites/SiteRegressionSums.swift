/// The sums by site that a random-intercept model is fitted from: however many rows there are, the likelihood is then
/// evaluated site by site.
///
/// Everything is measured from the grand means, so that large numbers keep their digits.
struct SiteRegressionSums: Sendable {
    /// How many rows count.
    let count: Int
    /// How many covariates there are.
    let covariates: Int
    /// The mean of the response over all rows.
    let grandMean: Double
    /// The means of the covariates over all rows.
    let covariateMeans: [Double]
    /// The codes of the sites that have rows.
    let codes: [Int]
    /// How many rows each of these sites has.
    let sizes: [Double]
    /// Each site's mean response less the grand mean.
    let responses: [Double]
    /// For each site a 1 and its mean covariates less the grand means, one site after the other.
    let terms: [Double]
    /// Σ (y - site mean)².
    let within: Double
    /// Σ over rows of the products of covariates within sites; the first row and column, the intercept's, are 0.
    let withinTerms: Matrix
    /// Σ over rows of the products of covariates and the response within sites.
    let withinProducts: [Double]

    /// The sums of a model without covariates.
    init(_ moments: SiteMoments) throws(Undefined) {
        let anova = try OneWayAnova(moments)
        count = anova.count
        covariates = 0
        grandMean = anova.grandMean
        covariateMeans = []
        codes = moments.present
        sizes = codes.map { Double(moments.sites[$0].count) }
        responses = codes.map { moments.all.meanDifference(to: moments.sites[$0]) }
        terms = [Double](repeating: 1, count: codes.count)
        within = anova.squaresWithin
        withinTerms = Matrix(rows: 1, columns: 1)
        withinProducts = [0]
    }

    /// The sums over the rows that have a site, a value and every covariate.
    init(
        _ values: Span<Double>, sites: Span<Int32>, siteCount: Int, covariates: [[Double]]
    ) throws(Undefined) {
        let rows = values.indices.filter { row in
            sites[row] >= 0 && !values[row].isNaN && covariates.allSatisfy { !$0[row].isNaN }
        }
        let rowSites = rows.map { sites[$0] }
        let response = rows.map { values[$0] }
        let columns = [response] + covariates.map { column in rows.map { column[$0] } }
        var moments: [SiteMoments] = []
        for column in columns {
            moments.append(SiteMoments(column.span, sites: rowSites.span, siteCount: siteCount))
        }
        let anova = try OneWayAnova(moments[0])
        let means = moments.map { $0.all.mean ?? .infinity }
        guard means.allSatisfy(\.isFinite) else { throw .overflow("the mean of a covariate") }
        count = anova.count
        self.covariates = covariates.count
        grandMean = anova.grandMean
        covariateMeans = Array(means.dropFirst())
        codes = moments[0].present
        sizes = codes.map { [moments] in Double(moments[0].sites[$0].count) }
        responses = codes.map { [moments] in moments[0].all.meanDifference(to: moments[0].sites[$0]) }
        terms = codes.flatMap { [moments] code in
            [1] + moments.dropFirst().map { $0.all.meanDifference(to: $0.sites[code]) }
        }
        within = anova.squaresWithin
        let products = Self.productsWithin(columns, rowSites, moments)
        // The response came first; in its place stands the intercept, which does not vary within sites.
        var withinTerms = products
        for index in columns.indices {
            withinTerms[0, index] = 0
            withinTerms[index, 0] = 0
        }
        self.withinTerms = withinTerms
        withinProducts = columns.indices.map { $0 == 0 ? 0 : products[0, $0] }
    }

    /// Σ over rows of the products of every two columns, each measured from the means of the row's site.
    private static func productsWithin(_ columns: [[Double]], _ sites: [Int32], _ moments: [SiteMoments]) -> Matrix {
        let deviations = columns.indices.map { index in
            let means = moments[index].sites.map { $0.mean ?? 0 }
            return sites.indices.map { columns[index][$0] - means[Int(sites[$0])] }
        }
        var products = Matrix(rows: columns.count, columns: columns.count)
        for a in columns.indices {
            for b in 0...a {
                let sum = zip(deviations[a], deviations[b]).reduce(0) { $0 + $1.0 * $1.1 }
                products[a, b] = sum
                products[b, a] = sum
            }
        }
        return products
    }
}

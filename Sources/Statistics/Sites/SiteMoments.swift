/// The moments of values by site: all that an analysis of variance, an intraclass correlation or a random-intercept
/// model needs of any number of rows.
public struct SiteMoments: Sendable {
    /// The moments of each site, by its code; empty for a site without values.
    public let sites: [Moments]
    /// The moments of all values together.
    public let all: Moments

    /// The moments of the values present. A row of no site has a negative code and is left out.
    ///
    /// - Parameters:
    ///   - codes: a site per value, below `siteCount`.
    /// - Precondition: as many codes as values.
    public init(_ values: Span<Double>, sites codes: Span<Int32>, siteCount: Int) {
        precondition(values.count == codes.count, "\(values.count) values but \(codes.count) sites")
        var sums = [CompensatedSum](repeating: CompensatedSum(), count: siteCount)
        var counts = [Int](repeating: 0, count: siteCount)
        for row in values.indices where codes[row] >= 0 && !values[row].isNaN {
            sums[Int(codes[row])].add(values[row])
            counts[Int(codes[row])] += 1
        }
        let means = sums.indices.map { sums[$0].divided(by: counts[$0]).quotient }
        var squares = [Double](repeating: 0, count: siteCount)
        for row in values.indices where codes[row] >= 0 && !values[row].isNaN {
            let deviation = values[row] - means[Int(codes[row])]
            squares[Int(codes[row])] += deviation * deviation
        }
        self.init(
            sums.indices.map { Moments(count: counts[$0], total: sums[$0], squaredDeviations: squares[$0]) })
    }

    /// The moments of sites that are known already, such as those of several periods' loads.
    public init(_ sites: [Moments]) {
        self.sites = sites
        all = sites.reduce(into: Moments()) { $0.merge($1) }
    }

    /// The sites that have values, by code.
    var present: [Int] { sites.indices.filter { sites[$0].count > 0 } }
}

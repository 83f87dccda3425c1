/// The columns of a regression: what is explained, what explains it, and how the rows hang together.
///
/// Every column has a row for each row of the response. Rows with anything missing (NaN) are left out of the fit but
/// keep their place in time.
public struct RegressionDesign: Sendable {
    let response: [Double]
    private(set) var terms: [Term] = []
    /// The groups whose fixed effects are taken out, by row.
    private(set) var effects: [Double]?
    /// The clusters within which errors may hang together, by row.
    private(set) var clusters: [Double]?

    enum Term: Sendable {
        case column(name: String, values: [Double])
        case categories(name: String, codes: [Double])
    }

    /// A regression of `response`, with an intercept.
    public init(response: Span<Double>) {
        self.response = response.array
    }

    /// Adds a column of numbers.
    ///
    /// - Precondition: a value per row.
    public mutating func add(_ name: String, _ values: Span<Double>) {
        add(name, values.array)
    }

    mutating func add(_ name: String, _ values: [Double]) {
        precondition(values.count == response.count, "\(name) has \(values.count) rows, the response \(response.count)")
        terms.append(.column(name: name, values: values))
    }

    /// Adds a column of 1 and 0 for each category but the lowest, named `name=code`.
    ///
    /// - Precondition: a code per row.
    public mutating func addCategories(_ name: String, _ codes: Span<Double>) {
        precondition(codes.count == response.count, "\(name) has \(codes.count) rows, the response \(response.count)")
        terms.append(.categories(name: name, codes: codes.array))
    }

    /// Gives each group an intercept of its own, which is taken out before the fit: the same answers as with a column
    /// per group, at no cost.
    ///
    /// - Precondition: a code per row.
    public mutating func absorb(_ codes: Span<Double>) {
        precondition(codes.count == response.count, "a group per row of the response")
        effects = codes.array
    }

    /// Names the clusters of the rows, for errors that allow for them.
    ///
    /// - Precondition: a code per row.
    public mutating func cluster(by codes: Span<Double>) {
        precondition(codes.count == response.count, "a cluster per row of the response")
        clusters = codes.array
    }

    /// The rows on which nothing is missing.
    var completeRows: [Int] {
        response.indices.filter { row in
            !response[row].isNaN && !(effects?[row].isNaN ?? false) && !(clusters?[row].isNaN ?? false)
                && terms.allSatisfy { !$0.values[row].isNaN }
        }
    }

    /// The names and columns of the terms over some rows.
    func columns(over rows: [Int]) -> [(name: String, values: [Double])] {
        terms.flatMap { $0.columns(over: rows) }
    }
}

extension RegressionDesign.Term {
    fileprivate var values: [Double] {
        switch self {
        case .column(_, let values), .categories(_, let values): values
        }
    }

    fileprivate func columns(over rows: [Int]) -> [(name: String, values: [Double])] {
        switch self {
        case .column(let name, let values): return [(name, rows.map { values[$0] })]
        case .categories(let name, let codes):
            let present = rows.map { codes[$0] }
            return Set(present).sorted().dropFirst().map { code in
                let label = Int(exactly: code).map(String.init) ?? "\(code)"
                return ("\(name)=\(label)", present.map { $0 == code ? 1 : 0 })
            }
        }
    }
}

/// One common factor behind the correlations of at least three items: R ≈ λλ' + ψ, ψ on the diagonal.
struct OneFactor {
    /// The loadings λ.
    private(set) var loadings: [Double]
    /// The unique variances ψ. Maximum likelihood may make one negative (a Heywood case); it is reported as it is.
    private(set) var uniquenesses: [Double]

    static let doesNotFit = Undefined("omega needs items that one factor can explain")

    /// The factor whose off-diagonal residuals have the least sum of squares.
    ///
    /// Each loading in turn is set to its best value given the others, Σ r λ / Σ λ² over the other items, which never
    /// increases the sum, until none moves.
    ///
    /// Source: H. H. Harman & W. H. Jones, "Factor analysis by minimizing residuals (minres)", Psychometrika 31 (1966).
    init(minimumResidual correlations: Matrix) throws(Undefined) {
        var loadings = Self.firstLoadings(correlations)
        var moved = Double.infinity
        for _ in 0..<20_000 where moved > 1e-13 {
            moved = 0
            for item in loadings.indices {
                var (products, squares) = (0.0, 0.0)
                for other in loadings.indices where other != item {
                    products += correlations[item, other] * loadings[other]
                    squares += loadings[other] * loadings[other]
                }
                guard squares > 0 else { throw Self.doesNotFit }
                let loading = (products / squares).clamped(to: -1...1)
                moved = max(moved, abs(loading - loadings[item]))
                loadings[item] = loading
            }
        }
        guard moved < 1e-8 else { throw Self.doesNotFit }
        self.loadings = loadings
        uniquenesses = loadings.map { 1 - $0 * $0 }
    }

    /// The factor that makes the correlations most likely under a normal distribution, by Fisher's scoring.
    ///
    /// The discrepancy is log |Σ| + tr(S Σ⁻¹). Source: K. A. Bollen, "Structural Equations with Latent Variables" (1989),
    /// appendix 4C.
    init(maximumLikelihood correlations: Matrix) throws(Undefined) {
        let loadings = Self.firstLoadings(correlations)
        var model = OneFactor(loadings: loadings, uniquenesses: loadings.map { max(1 - $0 * $0, 0.05) })
        guard var fit = model.fit(to: correlations) else { throw Self.doesNotFit }
        for _ in 0..<500 {
            guard let step = model.step(correlations, fit.inverse) else { throw Self.doesNotFit }
            var share = 1.0
            var next = model.moved(along: step, share)
            var nextFit = next.fit(to: correlations)
            // A step too far would raise the discrepancy or leave the positive definite matrices.
            while share > 1e-10, (nextFit?.discrepancy ?? .infinity) > fit.discrepancy + 1e-13 {
                share /= 2
                next = model.moved(along: step, share)
                nextFit = next.fit(to: correlations)
            }
            guard let nextFit else { throw Self.doesNotFit }
            (model, fit) = (next, nextFit)
            if step.allSatisfy({ abs($0) * share < 1e-10 }) {
                self = model
                return
            }
        }
        throw Self.doesNotFit
    }

    private init(loadings: [Double], uniquenesses: [Double]) {
        self.loadings = loadings
        self.uniquenesses = uniquenesses
    }

    /// Loadings to start from: those of the first principal component, kept short of 1.
    private static func firstLoadings(_ correlations: Matrix) -> [Double] {
        guard let eigen = SymmetricEigen(correlations) else { return [] }
        let length = max(eigen.values[0], 0).squareRoot()
        let loadings = eigen.vectors.column(0).map { ($0 * length).clamped(to: -0.95...0.95) }
        return loadings.reduce(0, +) < 0 ? loadings.map { -$0 } : loadings
    }

    private func moved(along step: [Double], _ share: Double) -> OneFactor {
        let size = loadings.count
        return OneFactor(
            loadings: loadings.indices.map { loadings[$0] + share * step[$0] },
            uniquenesses: loadings.indices.map { uniquenesses[$0] + share * step[size + $0] })
    }

    /// The inverse of Σ and the discrepancy; nil where Σ is not positive definite.
    private func fit(to correlations: Matrix) -> (inverse: Matrix, discrepancy: Double)? {
        var model = Matrix(diagonal: uniquenesses)
        for a in loadings.indices {
            for b in loadings.indices { model[a, b] += loadings[a] * loadings[b] }
        }
        guard let factor = Cholesky(model) else { return nil }
        let inverse = factor.inverse
        var trace = 0.0
        for a in loadings.indices {
            for b in loadings.indices { trace += correlations[a, b] * inverse[b, a] }
        }
        return (inverse, factor.logDeterminant + trace)
    }

    /// Fisher's step: the expected information of loadings and uniquenesses, solved for their gradient.
    private func step(_ correlations: Matrix, _ inverse: Matrix) -> [Double]? {
        let size = loadings.count
        let weighted = inverse * loadings
        let length = zip(loadings, weighted).reduce(0) { $0 + $1.0 * $1.1 }
        let excess = inverse * correlations * inverse - inverse
        var information = Matrix(rows: 2 * size, columns: 2 * size)
        for a in 0..<size {
            for b in 0..<size {
                information[a, b] = inverse[a, b] * length + weighted[a] * weighted[b]
                information[a, size + b] = inverse[a, b] * weighted[b]
                information[size + b, a] = inverse[a, b] * weighted[b]
                information[size + a, size + b] = inverse[a, b] * inverse[a, b] / 2
            }
        }
        let gradient = excess * loadings + excess.diagonal.map { $0 / 2 }
        return Cholesky(information)?.solve(gradient)
    }
}

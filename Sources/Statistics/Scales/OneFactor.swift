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

    /// The factor that makes the correlations most likely under a normal distribution.
    ///
    /// Newton's method on the discrepancy log |Σ| + tr(R Σ⁻¹), damped as Levenberg and Marquardt do where a whole step
    /// does not lower it. Source of the discrepancy: K. A. Bollen, "Structural Equations with Latent Variables" (1989),
    /// appendix 4C.
    init(maximumLikelihood correlations: Matrix) throws(Undefined) {
        let loadings = Self.firstLoadings(correlations)
        var model = OneFactor(loadings: loadings, uniquenesses: loadings.map { max(1 - $0 * $0, 0.05) })
        guard var fit = model.fit(to: correlations) else { throw Self.doesNotFit }
        var damping = 0.0
        for _ in 0..<300 {
            let slope = model.slope(correlations, fit.inverse)
            let next = slope.steepness < 1e-9 ? nil : model.descend(fit.discrepancy, slope, correlations, &damping)
            guard let next else {
                // The bottom, or as near to it as rounding lets one come.
                guard slope.steepness < 1e-6 else { throw Self.doesNotFit }
                self = model
                return
            }
            (model, fit) = next
            // Without a best fit one loading runs off to infinity.
            guard model.loadings.allSatisfy({ abs($0) < 10 }) else { throw Self.doesNotFit }
        }
        throw Self.doesNotFit
    }

    /// The model a damped step further down; nil where no damping helps. Keeps the damping for the next step.
    private func descend(
        _ discrepancy: Double, _ slope: Slope, _ correlations: Matrix, _ damping: inout Double
    ) -> (OneFactor, Fit)? {
        // Close to the bottom Newton's whole step is right, and rounding no longer tells higher from lower.
        let allowed = slope.steepness < 1e-5 ? discrepancy + 1e-12 : discrepancy
        if slope.steepness < 1e-5 { damping = 0 }
        while damping < 1e12 {
            let curvature = slope.curvature + Matrix(diagonal: slope.scale.map { damping * $0 })
            if let step = Cholesky(curvature)?.solve(slope.gradient) {
                let next = moved(along: step)
                if let fit = next.fit(to: correlations), fit.discrepancy <= allowed {
                    damping = damping < 1e-3 ? 0 : damping / 10
                    return (next, fit)
                }
            }
            damping = max(10 * damping, 1e-3)
        }
        return nil
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

    private func moved(along step: [Double]) -> OneFactor {
        OneFactor(
            loadings: loadings.indices.map { loadings[$0] + step[$0] },
            uniquenesses: loadings.indices.map { uniquenesses[$0] + step[loadings.count + $0] })
    }

    /// The inverse of Σ and the discrepancy.
    private typealias Fit = (inverse: Matrix, discrepancy: Double)

    /// How the model fits; nil where Σ is not positive definite.
    private func fit(to correlations: Matrix) -> Fit? {
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

    /// Half the discrepancy's derivatives by the loadings and then the uniquenesses.
    private struct Slope {
        /// Downhill.
        let gradient: [Double]
        let curvature: Matrix
        /// The diagonal of the curvature to be expected, which is above 0: what a step is measured by.
        let scale: [Double]
        /// The gradient in units that the size of the parameters does not change.
        let steepness: Double
    }

    /// The slope, with the actual curvature close to the bottom. Further up the expected one (Fisher's scoring) goes
    /// slower but does not leap over a hill, behind which one loading may run off.
    private func slope(_ correlations: Matrix, _ inverse: Matrix) -> Slope {
        let excess = inverse * correlations * inverse - inverse
        let gradient = excess * loadings + excess.diagonal.map { $0 / 2 }
        var curvature = 0.5 * traces(inverse, inverse)
        let scale = curvature.diagonal
        let steepness = zip(gradient, scale).reduce(0) { max($0, abs($1.0) / $1.1.squareRoot()) }
        if steepness < 0.03 {
            curvature = curvature + traces(inverse, excess)
            for a in loadings.indices {
                for b in loadings.indices { curvature[a, b] -= excess[a, b] }
            }
        }
        return Slope(gradient: gradient, curvature: curvature, scale: scale, steepness: steepness)
    }

    /// tr(P Σa Q Σb) for the derivatives Σa, Σb of Σ by every two parameters: the loadings, then the uniquenesses.
    private func traces(_ p: Matrix, _ q: Matrix) -> Matrix {
        let size = loadings.count
        let (pλ, qλ) = (p * loadings, q * loadings)
        let (lengthOfP, lengthOfQ) = (p.quadraticForm(loadings), q.quadraticForm(loadings))
        var traces = Matrix(rows: 2 * size, columns: 2 * size)
        for a in 0..<size {
            for b in 0..<size {
                traces[a, b] = pλ[a] * qλ[b] + pλ[b] * qλ[a] + p[a, b] * lengthOfQ + q[a, b] * lengthOfP
                traces[a, size + b] = p[a, b] * qλ[b] + q[a, b] * pλ[b]
                traces[size + b, a] = traces[a, size + b]
                traces[size + a, size + b] = p[a, b] * q[a, b]
            }
        }
        return traces
    }
}

/// Bell and McCaffrey's variance CR2 of a combination of coefficients, with Satterthwaite's degrees of freedom, under the
/// working model of independent errors.
///
/// The residuals e of cluster g are multiplied by (I - H)^(-1/2) of its own rows, where H = Q Q' is the hat matrix. As
/// (I - Qg Qg')^(-1/2) Qg = Qg (I - Qg'Qg)^(-1/2), all of it happens among the columns: no matrix has as many rows as a
/// cluster. Absorbed effects that lie within clusters change nothing in this (Pustejovsky & Tipton 2018, theorem 2).
enum BiasReducedVariance {
    /// - Parameter loads: how the combination weighs the columns of the model's basis.
    static func of(
        _ loads: [Double], _ model: LinearModel, clusters: Groups
    ) throws(Undefined) -> (variance: Double, degreesOfFreedom: Double) {
        guard model.effects?.isNested(in: clusters) ?? true else {
            throw Undefined("bias-reduced errors need groups that lie within clusters: add them as categories instead")
        }
        let grams = self.grams(model.basis, clusters)
        var adjusted: [[Double]] = []
        for gram in grams {
            guard let eigen = SymmetricEigen(gram) else { throw .overflow("the standard error") }
            adjusted.append(eigen.inverseSquareRootOfRest(times: loads))
        }
        let variance = self.variance(model, clusters, adjusted)
        let freedom = degreesOfFreedom(grams, adjusted)
        guard freedom.isFinite, freedom > 0 else {
            throw Undefined("bias-reduced errors need a term that varies in several clusters")
        }
        return (variance, freedom)
    }

    /// Qg'Qg of each cluster.
    private static func grams(_ basis: Matrix, _ clusters: Groups) -> [Matrix] {
        var grams = [Matrix](repeating: Matrix(rows: basis.columns, columns: basis.columns), count: clusters.count)
        for (row, cluster) in clusters.indices.enumerated() {
            for column in 0..<basis.columns {
                let factor = basis[row, column]
                for inner in 0..<basis.columns { grams[cluster][inner, column] += factor * basis[row, inner] }
            }
        }
        return grams
    }

    /// Σ over clusters of the square of Σ w e, where the weights w of the cluster's rows are Qg v.
    private static func variance(_ model: LinearModel, _ clusters: Groups, _ adjusted: [[Double]]) -> Double {
        var sums = [Double](repeating: 0, count: clusters.count)
        for (row, cluster) in clusters.indices.enumerated() {
            var weight = 0.0
            for column in 0..<model.basis.columns { weight += model.basis[row, column] * adjusted[cluster][column] }
            sums[cluster] += weight * model.residuals[row]
        }
        return sums.reduce(0) { $0 + $1 * $1 }
    }

    /// (Σ u'u)² / Σ (u'u)² over all pairs of clusters, where u = (I - H)g' w, so that u'u of clusters g and h is
    /// [g = h] v'Sv - (Sv)'(Sv) with S = Qg'Qg.
    private static func degreesOfFreedom(_ grams: [Matrix], _ adjusted: [[Double]]) -> Double {
        var (trace, squares) = (0.0, 0.0)
        var products = Matrix(rows: adjusted[0].count, columns: adjusted[0].count)
        for (gram, v) in zip(grams, adjusted) {
            let b = gram * v
            let own = zip(v, b).reduce(0) { $0 + $1.0 * $1.1 }
            let shared = b.reduce(0) { $0 + $1 * $1 }
            trace += own - shared
            squares += own * own - 2 * own * shared
            for column in b.indices {
                for row in b.indices { products[row, column] += b[row] * b[column] }
            }
        }
        squares += products.elements.reduce(0) { $0 + $1 * $1 }
        return trace * trace / squares
    }
}

extension SymmetricEigen {
    /// (I - S)^(-1/2) x for eigenvalues in 0...1. Where an eigenvalue is 1 the rows fit themselves whatever the response,
    /// and count as 0 (the Moore-Penrose inverse).
    fileprivate func inverseSquareRootOfRest(times x: [Double]) -> [Double] {
        let scales = values.map { $0 < 1 - 1e-10 ? 1 / (1 - $0).squareRoot() : 0 }
        var result = [Double](repeating: 0, count: x.count)
        for index in values.indices {
            let vector = vectors.column(index)
            let along = zip(vector, x).reduce(0) { $0 + $1.0 * $1.1 } * scales[index]
            for (row, value) in vector.enumerated() { result[row] += value * along }
        }
        return result
    }
}

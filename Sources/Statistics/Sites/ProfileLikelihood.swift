#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The likelihood of a random-intercept model as a function of one number, the ratio θ of the variance between sites to
/// that within: whatever the θ, the best coefficients and the best variance within follow from it.
///
/// With w = n / (1 + n θ) for a site of size n, coefficients β are the least squares of the site means weighted by w
/// together with the rows within sites; Q is what they leave; and minus twice the logarithm of the likelihood is
/// df log(2π Q / df) + df + Σ log(1 + n θ), to which REML adds log |X'V⁻¹X| and takes df = N - p instead of N.
///
/// Source: D. A. Harville, "Maximum likelihood approaches to variance component estimation and to related problems",
/// JASA 72 (1977); S. R. Searle, G. Casella & C. E. McCulloch, "Variance Components" (1992), chapter 6.
struct ProfileLikelihood {
    let sums: SiteRegressionSums
    let isRestricted: Bool

    /// What is known at one θ.
    struct Point {
        let ratio: Double
        /// Minus twice the logarithm of the (restricted) likelihood.
        let deviance: Double
        /// Its derivative by θ.
        let slope: Double
        /// The intercept at the covariates' means, less the grand mean; then the slopes.
        let coefficients: [Double]
        /// The variance within sites.
        let varianceWithin: Double
        /// The inverse of X'V⁻¹X in units of the variance within.
        let inverse: Matrix
    }

    private var freedom: Double { Double(sums.count - (isRestricted ? sums.covariates + 1 : 0)) }

    /// The point at θ; nil where the covariates do not determine the coefficients.
    func point(_ ratio: Double) -> Point? {
        let size = sums.covariates + 1
        var information = sums.withinTerms
        var products = sums.withinProducts
        var squared = Matrix(rows: size, columns: size)
        var (logs, weights) = (0.0, 0.0)
        for site in sums.sizes.indices {
            let n = sums.sizes[site]
            let weight = n / (1 + n * ratio)
            logs += log1p(n * ratio)
            weights += weight
            for a in 0..<size {
                let term = weight * sums.terms[site * size + a]
                products[a] += term * sums.responses[site]
                for b in 0...a {
                    let product = term * sums.terms[site * size + b]
                    information[a, b] += product
                    squared[a, b] += weight * product
                }
            }
        }
        for a in 0..<size {
            for b in 0..<a { squared[b, a] = squared[a, b] }
        }
        guard let factor = Cholesky(information) else { return nil }
        let coefficients = factor.solve(products)
        let (rest, restSlope) = residuals(ratio, coefficients)
        let variance = rest / freedom
        let inverse = factor.inverse
        let correction = zip(inverse.elements, squared.elements).reduce(0) { $0 + $1.0 * $1.1 }
        return Point(
            ratio: ratio,
            deviance: freedom * (log(2 * Double.pi * variance) + 1) + logs + (isRestricted ? factor.logDeterminant : 0),
            slope: weights - restSlope / variance - (isRestricted ? correction : 0),
            coefficients: coefficients, varianceWithin: variance, inverse: inverse)
    }

    /// Q, and Σ w² (site residual)², which is what Q loses as θ grows.
    private func residuals(_ ratio: Double, _ coefficients: [Double]) -> (Double, Double) {
        let size = coefficients.count
        let explained = zip(coefficients, sums.withinProducts).reduce(0) { $0 + $1.0 * $1.1 }
        var sum = sums.within - 2 * explained + sums.withinTerms.quadraticForm(coefficients)
        var slope = 0.0
        for site in sums.sizes.indices {
            var residual = sums.responses[site]
            for term in 0..<size { residual -= sums.terms[site * size + term] * coefficients[term] }
            let weighted = sums.sizes[site] / (1 + sums.sizes[site] * ratio) * residual
            sum += weighted * residual
            slope += weighted * weighted
        }
        return (sum, slope)
    }

    /// The point of greatest likelihood over θ ≥ 0: the best of a grid of half decades, then the root of the slope
    /// between its neighbours.
    func maximum() throws(Undefined) -> Point {
        let ratios = [0] + (-16...28).map { pow(10, Double($0) / 2) }
        let points = ratios.compactMap { point($0) }
        guard points.count == ratios.count else {
            throw Undefined("the covariates must differ from one another and not be constant")
        }
        let best = points.indices.min { points[$0].deviance < points[$1].deviance } ?? 0
        guard points[best].deviance.isFinite else { throw .overflow("the likelihood") }
        guard best < points.count - 1 else {
            throw Undefined("variance components need values that vary within sites beyond rounding")
        }
        if best == 0, points[0].slope >= 0 { return points[0] }
        let ratio = ScalarRoot.find(in: points[max(best - 1, 0)].ratio...points[best + 1].ratio) {
            point($0)?.slope ?? .nan
        }
        return ratio.flatMap { point($0) } ?? points[best]
    }
}

/// The sums behind the correlation and covariance of two columns, over the rows where both are present.
struct PairMoments {
    /// How many rows have both values.
    let count: Int
    /// Σ (x - mean of x)².
    let squaresOfX: Double
    /// Σ (y - mean of y)².
    let squaresOfY: Double
    /// Σ (x - mean of x)(y - mean of y).
    let products: Double

    /// The sums, in two passes like those of `Moments`.
    ///
    /// - Precondition: as many y as x.
    init(_ x: Span<Double>, _ y: Span<Double>) {
        precondition(x.count == y.count, "\(x.count) values of x but \(y.count) of y")
        var present = LaneCount()
        var (sumOfX, sumOfY) = (LaneSum(), LaneSum())
        for start in x.laneStarts {
            let (a, b) = (x.lanes(from: start), y.lanes(from: start))
            let both = a.isPresent .& b.isPresent
            present.add(both)
            sumOfX.add(a.orZero(where: both))
            sumOfY.add(b.orZero(where: both))
        }
        count = present.total
        guard count > 0 else {
            (squaresOfX, squaresOfY, products) = (0, 0, 0)
            return
        }
        let (centerOfX, centerOfY) = (sumOfX.total.divided(by: count), sumOfY.total.divided(by: count))
        var (xx, yy, xy) = (LaneSum(), LaneSum(), LaneSum())
        for start in x.laneStarts {
            let (a, b) = (x.lanes(from: start), y.lanes(from: start))
            let both = a.isPresent .& b.isPresent
            let dx = (a - centerOfX.quotient).orZero(where: both)
            let dy = (b - centerOfY.quotient).orZero(where: both)
            xx.add(dx * dx)
            yy.add(dy * dy)
            xy.add(dx * dy)
        }
        let n = Double(count)
        squaresOfX = max(xx.total.value - n * centerOfX.error * centerOfX.error, 0)
        squaresOfY = max(yy.total.value - n * centerOfY.error * centerOfY.error, 0)
        products = xy.total.value - n * centerOfX.error * centerOfY.error
    }

    /// Σ dx dy / √(Σ dx² Σ dy²), within -1...1.
    func correlation() throws(Undefined) -> Double {
        guard count > 1 else { throw Undefined("a correlation needs at least two pairs") }
        guard squaresOfX.isFinite, squaresOfY.isFinite, products.isFinite else { throw .overflow("a correlation") }
        guard squaresOfX > 0, squaresOfY > 0 else {
            throw Undefined("a correlation needs values that differ, in both columns")
        }
        // The root of the product is exact where the two are equal; the product of roots stays in range where it is not.
        let square = squaresOfX * squaresOfY
        let size = square.isNormal ? square.squareRoot() : squaresOfX.squareRoot() * squaresOfY.squareRoot()
        return (products / size).clamped(to: -1...1)
    }
}

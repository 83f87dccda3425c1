import Foundation
import Testing

@testable import Statistics

@Suite("Roots, minima and integrals of one number")
struct OptimizationTests {
    @Test("roots, also of a function that is nearly flat on one side")
    func roots() {
        expectClose(ScalarRoot.find(in: 0...2) { $0 * $0 - 2 }, 2.0.squareRoot(), relative: 1e-12)
        expectClose(ScalarRoot.find(in: 0...10) { 1 - exp($0 - 3) }, 3, relative: 1e-12)
        expectClose(ScalarRoot.find(in: -1...1e6) { atan($0 - 7) }, 7, relative: 1e-12)
        #expect(ScalarRoot.find(in: 0...1) { $0 } == 0)
        #expect(ScalarRoot.find(in: 1...2) { $0 } == nil && ScalarRoot.find(in: 0...1) { _ in .nan } == nil)
    }

    @Test("minima inside and at an end")
    func minima() {
        expectClose(ScalarMinimum.find(in: -5...5) { ($0 - 1.25) * ($0 - 1.25) }, 1.25, relative: 1e-7)
        expectClose(ScalarMinimum.find(in: 0.1...9) { $0 - 2 * log($0) }, 2, relative: 1e-7)
        expectClose(ScalarMinimum.find(in: 2...3) { $0 }, 2, relative: 1e-7)
        expectClose(ScalarMinimum.find(in: -1...1) { abs($0) }, 0, absolute: 1e-7)
    }

    @Test("integrals: exact for polynomials, close for the exponential")
    func integrals() {
        expectClose(GaussLegendre.integral(from: -1, to: 3) { pow($0, 7) }, (pow(3, 8) - 1) / 8)
        expectClose(GaussLegendre.integral(from: 0, to: 4) { exp($0) }, exp(4) - 1)
    }
}

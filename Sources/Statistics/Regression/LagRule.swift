#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// How far errors in time order are taken to hang together where nobody says.
public enum LagRule {
    /// ⌊4 (n / 100)^(2/9)⌋, a rule of thumb for Bartlett's weights (W. K. Newey & K. D. West, Review of Economic Studies 61,
    /// 1994).
    public static func neweyWest(rows: Int) -> Double {
        (4 * pow(Double(rows) / 100, 2.0 / 9)).rounded(.down)
    }
}

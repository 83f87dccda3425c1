#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Functions of single numbers that the standard library does not have.
public enum Elementwise {
    /// `base` to the power of `exponent`, as C's `pow` has it.
    public static func power(_ base: Double, _ exponent: Double) -> Double {
        pow(base, exponent)
    }
}

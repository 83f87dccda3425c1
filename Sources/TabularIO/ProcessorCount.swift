#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// How many threads are worth having.
public enum ProcessorCount {
    /// The processors that this process may use.
    public static let available = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}

/// The exit statuses of the contract.
enum ExitStatus: Int32 {
    /// Done; also a night in which nothing changed.
    case done = 0
    /// Done, with findings.
    case findings = 1
    /// Used in a way that is not understood.
    case usage = 2
    /// Input that cannot be read.
    case badInput = 3
    /// One measure refused or stopped.
    case measure = 4
    /// Store or file system.
    case store = 5
    /// Our bug.
    case bug = 70
}

/// The product's version, in provenance and `--version`.
public enum PlumblineVersion {
    /// The version of this build.
    public static let current = "0.1.0"

    /// Part of every task's hash: raised when the engine would compute something differently.
    public static let engine = "4"
}

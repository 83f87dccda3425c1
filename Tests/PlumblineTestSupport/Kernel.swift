public import Foundation

/// What this machine's kernel grants.
public enum Kernel {
    /// A program that runs others as on a kernel that refuses filters of system calls.
    public static let refusing = BuiltProgram.folder.appending(path: "refusing-kernel")

    /// Whether processes may filter their own system calls here; some containers forbid it. Found out without any code
    /// of the project, so that a mistake there does not pass for a refusal.
    public static let grantsFilters: Bool = {
        let process = Process()
        process.executableURL = refusing
        process.arguments = ["1", "true"]
        process.standardInput = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// Why a test of what the lock-down forbids is skipped.
    public static let refusal = "this system refuses filters of system calls (seccomp)"

    /// What programs are told beside: where the kernel grants no lock-down, that it is accepted, so that everything else
    /// is tested all the same.
    public static let environment: [String: String] = grantsFilters ? [:] : ["PLUMB_SANDBOX": "best-effort"]
}

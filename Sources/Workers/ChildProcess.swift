import CWorkerShims

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A process at the other end of two pipes; it ends when the value goes.
///
/// Unsafe code because the calls take pointers: each is to a local that outlives the call, with its own length.
final class ChildProcess {
    private let pid: pid_t
    private let requests: Int32
    let output: Int32
    private var isReaped = false
    private var isClosed = false

    /// Starts a program with an empty environment. It finds its requests on descriptor 0, answers on 1, and has
    /// `inherited` as 3, 4, ... and nothing else.
    init(executable: String, inherited: [Int32]) throws(WorkerError) {
        var child = plw_child()
        let status = unsafe plw_spawn(executable, inherited, Int32(inherited.count), &child)
        guard status == 0 else {
            throw WorkerError(
                .cannotStart,
                "The worker `\(executable)` cannot be started: \(SystemError.text(Int(status))).")
        }
        pid = child.pid
        requests = child.requests
        output = child.replies
        Descriptors.neverBlock(requests)
    }

    /// Writes all bytes; false when the process is gone, or reads nothing for ten seconds.
    func send(_ bytes: [UInt8]) -> Bool {
        Descriptors.write(bytes, to: requests, waiting: .seconds(10))
    }

    /// Reads what is there; empty at the end.
    func receive() -> [UInt8] {
        Descriptors.read(output)
    }

    /// Seconds of CPU time it has used; nil where the system does not tell.
    var cpuSeconds: Double? {
        let seconds = isReaped ? -1 : plw_cpu_seconds(pid)
        return seconds < 0 ? nil : seconds
    }

    /// Ends it at once.
    func end() {
        if !isReaped { kill(pid, SIGKILL) }
    }

    /// Waits for its end and says how it was. A process whose output has ended has two seconds for that, then it is
    /// killed: it may have closed its output and live on.
    func wait() -> WorkerDeath {
        closeRequests()
        var status: Int32 = 0
        let deadline = ContinuousClock.now + .seconds(2)
        while !isReaped {
            let reaped = unsafe waitpid(pid, &status, .now < deadline ? WNOHANG : 0)
            if reaped == 0 {
                _ = Descriptors.readable([], waiting: .zero)
                if .now >= deadline { end() }
            } else if reaped == pid || errno != EINTR {
                isReaped = true
            }
        }
        let signal = status & 0x7f
        if signal == SIGSYS { return .forbiddenCall }
        if signal != 0 { return .signal(Int(signal)) }
        let code = Int(status >> 8 & 0xff)
        return code == Self.exitOverCPULimit ? .overCPULimit : .exited(code)
    }

    /// The exit status of a worker whose script went on after its limit (PL_EXIT_CPU of the sandbox).
    private static let exitOverCPULimit = 86

    private func closeRequests() {
        guard !isClosed else { return }
        isClosed = true
        close(requests)
    }

    deinit {
        closeRequests()
        if !isReaped {
            end()
            _ = wait()
        }
        close(output)
    }
}

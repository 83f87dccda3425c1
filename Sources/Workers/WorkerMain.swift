import CWorkerShims
public import MeasureModel

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A worker's side of the pipes: reads requests on descriptor 0 and writes replies on 1 until there are no more.
public enum WorkerMain {
    /// Answers requests until the parent closes the pipe.
    ///
    /// The first request names the data. When it has been answered, and before any script is seen, the process gives up
    /// all that it does not need from then on; it may map as many bytes more as `memoryNeeded` says.
    public static func run(memoryNeeded: () -> Int, answer: (WorkerRequest, (WorkerReply) -> Void) -> Void) {
        Descriptors.ignoreBrokenPipes()
        plw_raise_stack_limit(stackBytes)
        plw_die_with_parent()
        keepMemory()
        var buffer = FrameBuffer()
        var isLockedDown = false
        while true {
            let bytes = Descriptors.read(0)
            guard !bytes.isEmpty else { return }
            buffer.append(bytes)
            do throws(WorkerError) {
                while let message = try buffer.next() {
                    guard let request = try? WorkerRequest(wireBytes: message), request.isSetUp != isLockedDown else {
                        exit(70)
                    }
                    answer(request, send)
                    guard !isLockedDown else { continue }
                    send(.lockedDown(missing: LockDown.apply(memoryNeeded: memoryNeeded())))
                    isLockedDown = true
                }
            } catch {
                exit(70)
            }
        }
    }

    /// What scripts may need of the stack: Lua's calls through C nest 200 levels deep, and some of what it does is not counted
    /// as a level.
    private static let stackBytes: UInt64 = 8 << 20

    /// Keeps freed memory for the next columns instead of giving it back to the system.
    public static func keepMemory() {
        plw_keep_memory()
    }

    private static func send(_ reply: WorkerReply) {
        if !Descriptors.write(reply.frameBytes, to: 1) { exit(0) }  // the parent is gone
    }
}

extension WorkerRequest {
    fileprivate var isSetUp: Bool {
        if case .setUp = self { true } else { false }
    }
}

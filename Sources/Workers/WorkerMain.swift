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
    /// `lockDown` is called after the first request, which names the data, has been answered, and before any script is
    /// seen: the place where a worker gives up what it does not need.
    public static func run(
        lockDown: () -> Void = {}, answer: (WorkerRequest, (WorkerReply) -> Void) -> Void
    ) {
        Descriptors.ignoreBrokenPipes()
        plw_die_with_parent()
        keepMemory()
        var buffer = FrameBuffer()
        var isFirst = true
        while true {
            let bytes = Descriptors.read(0)
            guard !bytes.isEmpty else { return }
            buffer.append(bytes)
            do throws(WorkerError) {
                while let message = try buffer.next() {
                    guard let request = try? WorkerRequest(wireBytes: message) else { exit(70) }
                    answer(request, send)
                    if isFirst { lockDown() }
                    isFirst = false
                }
            } catch {
                exit(70)
            }
        }
    }

    /// Keeps freed memory for the next columns instead of giving it back to the system.
    public static func keepMemory() {
        plw_keep_memory()
    }

    private static func send(_ reply: WorkerReply) {
        if !Descriptors.write(reply.frameBytes, to: 1) { exit(0) }  // the parent is gone
    }
}

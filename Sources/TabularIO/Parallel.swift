import Dispatch
import Synchronization

/// Work on several processors at once.
public enum Parallel {
    /// What `body` gives for each of `0..<count`, in order, whatever order they were worked on in. `body` gets what
    /// `scratch` made for its thread. When one fails, no more are begun.
    public static func map<Scratch, Result: Sendable, Failure: Error>(
        _ count: Int, scratch: @Sendable () -> Scratch,
        _ body: @Sendable (Int, inout Scratch) throws(Failure) -> Result
    ) throws(Failure) -> [Result] {
        let shared = Mutex(Progress<Result, Failure>(count))
        let threads = min(count, ProcessorCount.available)
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            var scratch = scratch()
            while let index = shared.withLock({ $0.take() }) {
                do throws(Failure) {
                    let result = try body(index, &scratch)
                    shared.withLock { $0.results[index] = result }
                } catch {
                    shared.withLock { $0.fail(error) }
                }
            }
        }
        let progress = shared.withLock { $0 }
        if let failure = progress.failure { throw failure }
        return progress.results.compactMap(\.self)
    }

    /// What `body` gives for each of `0..<count`, in order.
    public static func map<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
        map(count, scratch: {}) { index, _ in body(index) }
    }

    private struct Progress<Result: Sendable, Failure: Error>: Sendable {
        var results: [Result?]
        var next = 0
        var failure: Failure?

        init(_ count: Int) { results = Array(repeating: nil, count: count) }

        mutating func take() -> Int? {
            guard next < results.count, failure == nil else { return nil }
            defer { next += 1 }
            return next
        }

        mutating func fail(_ error: Failure) {
            failure = failure ?? error
        }
    }
}

import Foundation
import Synchronization

/// Runs something on a thread of its own with a stack of so many bytes, and waits for it.
///
/// Lua states want 8 MiB and test threads have less; parsers must get by with little.
public func onThread<Result: Sendable>(
    stackSize: Int, _ work: @escaping @Sendable () throws -> Result
) throws -> Result {
    let box = ResultBox<Result>()
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
        let result = Swift.Result(catching: work)
        box.value.withLock { $0 = result }
        done.signal()
    }
    thread.stackSize = stackSize
    thread.start()
    done.wait()
    guard let result = box.value.withLock({ $0 }) else { throw ThreadDidNotFinish() }
    return try result.get()
}

/// The thread ended without a result.
public struct ThreadDidNotFinish: Error {}

private final class ResultBox<Success: Sendable>: Sendable {
    let value = Mutex<Result<Success, any Error>?>(nil)
}

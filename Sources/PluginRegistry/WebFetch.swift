import Dispatch
import Foundation
import PluginPackaging
import Synchronization

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// One file from a web server, within bounds of size and time, and never from anywhere else than the web.
final class WebFetch: NSObject, URLSessionDataDelegate, Sendable {
    private struct State {
        var bytes = Data()
        var status = 0
        var problem: String?
        var redirects = 0
    }

    private let state = Mutex(State())
    private let end = DispatchSemaphore(value: 0)
    private let mostBytes: Int
    private let patience: Double

    private init(_ fetching: Fetching) {
        mostBytes = fetching.mostBytes
        patience = fetching.patience
    }

    /// The bytes behind an address; nil where the server says that there is nothing.
    ///
    /// - Throws: ``PluginError`` with `.unreachable`.
    static func bytes(of url: URL, _ fetching: Fetching) throws(PluginError) -> [UInt8]? {
        let fetch = WebFetch(fetching)
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = fetching.patience
        configuration.httpShouldSetCookies = false
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        let session = URLSession(configuration: configuration, delegate: fetch, delegateQueue: nil)
        // Waiting for that would let a fast server fill the memory meanwhile.
        defer { DispatchQueue.global().async { session.invalidateAndCancel() } }
        let task = session.dataTask(with: url)
        task.resume()
        // The session's own timeout starts anew with every byte; a registry that drips has one end for all of them.
        guard fetch.end.wait(timeout: .now() + fetching.patience) == .success else {
            throw unreachable(url, fetch.late)
        }
        let (bytes, status, problem) = fetch.state.withLock { ($0.bytes, $0.status, $0.problem) }
        if let problem { throw unreachable(url, problem) }
        if status == 404 || status == 410 { return nil }
        guard status == 200 else { throw unreachable(url, "answers with the status \(status)") }
        return [UInt8](bytes)
    }

    private static func seconds(_ number: Double) -> String {
        number == number.rounded() ? "\(Int(number)) s" : "\(number) s"
    }

    private static func unreachable(_ url: URL, _ what: String) -> PluginError {
        PluginError(
            .unreachable,
            "The registry's \(url.absoluteString) \(what). Nothing was changed; try again later, or use what was kept "
                + "with --offline.")
    }

    /// Whether an address may be asked after another.
    private static func mayFollow(_ next: URL?, from last: URL?) -> Bool {
        switch next?.scheme?.lowercased() {
        case "https": true
        case "http": last?.scheme?.lowercased() != "https"
        default: false
        }
    }

    // MARK: What the session tells

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        let isAllowed = state.withLock { state in
            state.redirects += 1
            if state.redirects > 5 { state.problem = "leads from one address to the next without end" }
            if !Self.mayFollow(request.url, from: response.url) {
                state.problem =
                    "leads to `\((request.url?.absoluteString ?? "nowhere").prefix(200))`, which is not followed"
            }
            return state.problem == nil
        }
        completionHandler(isAllowed ? request : nil)
        if !isAllowed { task.cancel() }
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        let isFine = state.withLock { state in
            guard let answer = response as? HTTPURLResponse else {
                state.problem = "does not speak HTTP"
                return false
            }
            state.status = answer.statusCode
            if response.expectedContentLength > Int64(mostBytes) { state.problem = tooMuch }
            return state.problem == nil
        }
        completionHandler(isFine ? .allow : .cancel)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isFine = state.withLock { state in
            if state.bytes.count + data.count > mostBytes {
                state.problem = tooMuch
                return false
            }
            state.bytes.append(data)
            return true
        }
        if !isFine {
            end.signal()
            dataTask.cancel()
        }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        state.withLock { state in
            guard let error, state.problem == nil else { return }
            state.problem =
                (error as? URLError)?.code == .timedOut ? late : "does not answer: \(error.localizedDescription)"
        }
        end.signal()
    }

    private var late: String { "did not finish within \(Self.seconds(patience))" }

    private var tooMuch: String { "has more than \(mostBytes) bytes, which no plugin needs" }
}

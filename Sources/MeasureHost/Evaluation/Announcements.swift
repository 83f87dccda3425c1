import MeasureModel

/// What a worker tells its parent while it works: how far it is, and when it does long work that is no script's fault.
final class Announcements {
    /// Where they go; nil where nobody listens.
    var say: ((WorkerReply) -> Void)?
    private var depth = 0

    /// Work over fewer rows takes no time worth telling.
    private static let fewRows = 200_000

    /// Does the host's own work over so many rows.
    func hostWork<Result, Problem: Error>(
        rows: Int, _ body: () throws(Problem) -> Result
    ) throws(Problem) -> Result {
        guard let say, rows >= Self.fewRows, depth == 0 else { return try body() }
        depth += 1
        say(.hostWork(begins: true))
        defer {
            depth -= 1
            say(.hostWork(begins: false))
        }
        return try body()
    }
}

public import MeasureModel

/// What a run reports: the same content for programs and for people.
public struct RunLetter: Equatable, Sendable {
    /// The run's id.
    public var run: String
    /// The edition it published; nil when nothing had changed.
    public var edition: Int?
    /// The day it looked from.
    public var asOf: String
    /// Tasks by what became of them.
    public var planned = 0
    /// Tasks whose inputs had not changed.
    public var reused = 0
    /// Tasks that were evaluated.
    public var evaluated = 0
    /// Tasks that failed.
    public var failed = 0
    /// Observations in the hub's body.
    public var observations = 0
    /// Those of them that are hidden.
    public var suppressed = 0
    /// What went wrong, in the order of the measures.
    public var failures: [MeasureFailure] = []
    /// Rows without a key of a grouping, and other things that are worth a look.
    public var notices: [String] = []
    /// How long it took.
    public var seconds = 0.0

    /// One measure's failure. The text is the author's and may show data; the published feed has only the code.
    public struct MeasureFailure: Equatable, Sendable {
        /// The measure's id, or its file where it has none.
        public var measure: String
        /// What failed.
        public var failure: Failure
    }

    init(run: String, asOf: String) {
        self.run = run
        self.asOf = asOf
    }

    /// The letter for programs.
    public var json: JSON {
        .object([
            ("run", .string(run)), ("edition", .optional(edition)), ("as_of", .string(asOf)),
            (
                "tasks",
                .object([
                    ("planned", .integer(planned)), ("reused", .integer(reused)), ("evaluated", .integer(evaluated)),
                    ("failed", .integer(failed)),
                ])
            ),
            ("observations", .integer(observations)), ("suppressed", .integer(suppressed)),
            (
                "failures",
                .array(
                    failures.map { failure in
                        .object([
                            ("measure", .string(failure.measure)), ("code", .string(failure.failure.code.rawValue)),
                            ("message", .string(failure.failure.text())),
                        ])
                    })
            ),
            ("notices", .array(notices.map(JSON.string))),
            ("seconds", .number((seconds * 1000).rounded() / 1000)),
        ])
    }

    /// A line for each failure, of at most 512 bytes.
    public var failureLines: [String] {
        failures.map { failure in
            let start = "FAILED \(Failure.escaped(failure.measure, limit: 100)): \(failure.failure.code.rawValue): "
            return start + failure.failure.text(limit: 512 - start.utf8.count)
        }
    }

    /// The letter for people.
    public var text: String {
        var lines = ["Run \(run), looking from \(asOf)."]
        lines.append(
            edition.map {
                "Published edition \($0): \(observations) observations, \(suppressed) hidden for privacy (policy: primary only)."
            }
                ?? "Nothing changed: no edition was published.")
        lines.append("Tasks: \(planned) planned, \(reused) reused, \(evaluated) evaluated, \(failed) failed.")
        lines += failureLines
        lines += notices.map { "Note: \(VisibleText.of($0))" }
        return lines.joined(separator: "\n") + "\n"
    }
}

import MeasureModel
import Testing

/// What a worker said of one measure.
struct Answer: Sendable {
    var result: TaskResult
    var summary: BatchSummary

    var groups: [GroupResult] { result.groups }

    /// The only group's only part, or its part of a name.
    func part(_ name: String? = nil) throws -> PartResult {
        let group = try #require(groups.first, "\(String(describing: result.failure))")
        #expect(groups.count == 1)
        if let failure = group.failure { Issue.record("\(failure.code): \(failure.message)") }
        return try #require(group.parts.first { $0.part == name })
    }

    /// Its estimate.
    func estimate(_ name: String? = nil) throws -> Estimate {
        let part = try part(name)
        return try #require(part.estimate, "\(part.status) \(part.reason ?? "")")
    }

    /// Its number.
    func value(_ name: String? = nil) throws -> Double { try estimate(name).value }

    /// Why the only group or the whole measure failed.
    func failure() throws -> Failure {
        let failure = result.failure ?? groups.first?.failure
        return try #require(failure, "it gave \(groups)")
    }

    /// Keys, periods and values of all groups, as in `east/A@0=3.5`.
    var lines: [String] {
        groups.map { group in
            let key = group.key.parts.map(\.value).joined(separator: "/")
            let parts = group.parts.map { part in
                (part.part.map { "\($0)=" } ?? "")
                    + (part.estimate.map { JSON.text(of: $0.value) } ?? part.status.rawValue)
            }
            let outcome = group.failure.map(\.code.rawValue) ?? group.other ?? parts.joined(separator: " ")
            return "\(key)@\(group.period): \(outcome)"
        }
    }
}

extension World {
    /// The number that a body gives.
    func value(_ body: String, _ question: Question = Question()) throws -> Double {
        try ask(body, question).value()
    }

    /// The estimate that a body gives.
    func estimate(_ body: String, _ question: Question = Question()) throws -> Estimate {
        try ask(body, question).estimate()
    }

    /// Words of the error that a body raises.
    func message(_ body: String, _ question: Question = Question()) throws -> String {
        let failure = try ask(body, question).failure()
        #expect(failure.code == .luaError, "\(failure.message)")
        return failure.message
    }
}

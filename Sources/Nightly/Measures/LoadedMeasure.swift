public import MeasureModel

/// A measure file after its worker has looked at it: its definition, what the linter says, how its tests ended.
public struct LoadedMeasure: Equatable, Sendable {
    /// The file.
    public var file: MeasureFile
    /// The definition; nil when it could not be read.
    public var definition: MeasureDefinition?
    /// Why not.
    public var failure: Failure?
    /// What the linter and the checks against the workspace point out.
    public var findings: [Finding]
    /// How the tests inside the file ended; nil when they were not run.
    public var tests: [TestResult]?
    /// Whether another file has the id that it claims.
    public var isNamesake = false

    /// The id in feeds; nil where there is none, or where another file has it.
    public var id: String? {
        isNamesake ? nil : definition.map { file.fullID($0.id) }
    }

    /// Why it cannot be evaluated: its failure, an error that `check` finds, or a test that fails.
    public var obstacle: Failure? {
        if let failure { return failure }
        if let finding = findings.first(where: \.isError) {
            return Failure(.refused, finding.message, file: finding.file ?? file.script.name, line: finding.line)
        }
        if let failed = tests?.first(where: { $0.problem != nil }), let problem = failed.problem {
            return Failure(
                .testFailed, "the test `\(failed.name)` fails: \(problem)", file: file.script.name, line: failed.line)
        }
        return nil
    }
}

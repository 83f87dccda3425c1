/// Something the linter has to say about a place in a source text.
public struct LintFinding: Sendable, Hashable {
    /// Which rule found it.
    public let rule: LintRule
    /// How bad it is.
    public var severity: LintSeverity { rule.severity }
    /// The line, from 1.
    public let line: Int
    /// The character in the line, from 1.
    public let column: Int
    /// A full sentence that says what to write instead.
    public let message: String
}

/// How bad a finding is.
public enum LintSeverity: String, Sendable, Hashable {
    /// The script does not do what it says.
    case error
    /// The script may do what it says; something else is better.
    case warning
}

/// The linter's rules.
public enum LintRule: String, Sendable, Hashable, CaseIterable {
    /// `column == value`, `column < value` and the like.
    case columnComparison = "column-comparison"
    /// `and`, `or` and `not` on columns and masks.
    case columnLogic = "column-logic"
    /// A column or mask as the condition of `if`, `while` or `until`.
    case columnCondition = "column-condition"
    /// `..` with a column.
    case columnConcatenation = "column-concatenation"
    /// `#column`
    case columnLength = "column-length"
    /// `pairs(column)` and `ipairs(column)`
    case columnIteration = "column-iteration"
    /// A verb that the value does not have.
    case unknownVerb = "unknown-verb"
    /// A verb called with `.` instead of `:`.
    case dotCall = "dot-call"
    /// A verb's name where a column is meant.
    case verbWithoutCall = "verb-without-call"
    /// A column that the measure does not declare.
    case undeclaredColumn = "undeclared-column"
    /// `&`, `|` and `~` in a function with more than 255 constants.
    case bitwiseConstants = "bitwise-constants"
    /// A comparison directly in the brackets of an index.
    case comparisonAsIndex = "comparison-as-index"
    /// A verb that looks at single rows: not every measure may.
    case rowAccess = "row-access"
    /// `require` with anything but one text between quotes.
    case requireName = "require-name"
    /// A global that nobody sets.
    case unknownGlobal = "unknown-global"
    /// A global that is set where the measure's own functions run.
    case globalAssignment = "global-assignment"
    /// `==` with a fraction.
    case floatEquality = "float-equality"

    /// How bad a finding of this rule is.
    public var severity: LintSeverity {
        switch self {
        case .rowAccess, .unknownGlobal, .globalAssignment, .floatEquality: .warning
        default: .error
        }
    }
}

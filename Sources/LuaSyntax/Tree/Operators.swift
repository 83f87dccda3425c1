/// The operators with one operand.
public enum UnaryOperator: String, Sendable, CaseIterable {
    case minus = "-"
    case not
    case length = "#"
    case bitwiseNot = "~"

    /// Binds more tightly than every binary operator but `^`.
    static let priority = 12

    init?(_ kind: Token.Kind) {
        switch kind {
        case .minus: self = .minus
        case .not: self = .not
        case .hash: self = .length
        case .tilde: self = .bitwiseNot
        default: return nil
        }
    }
}

/// The operators with two operands.
public enum BinaryOperator: String, Sendable, CaseIterable {
    case or
    case and
    case less = "<"
    case greater = ">"
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case notEqual = "~="
    case equal = "=="
    case bitwiseOr = "|"
    case bitwiseXor = "~"
    case bitwiseAnd = "&"
    case shiftLeft = "<<"
    case shiftRight = ">>"
    case concatenate = ".."
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case floorDivide = "//"
    case modulo = "%"
    case power = "^"

    init?(_ kind: Token.Kind) {
        self.init(rawValue: kind.rawValue)
    }

    /// How tightly it holds its left operand.
    var leftPriority: Int {
        switch self {
        case .or: 1
        case .and: 2
        case .less, .greater, .lessOrEqual, .greaterOrEqual, .notEqual, .equal: 3
        case .bitwiseOr: 4
        case .bitwiseXor: 5
        case .bitwiseAnd: 6
        case .shiftLeft, .shiftRight: 7
        case .concatenate: 9
        case .add, .subtract: 10
        case .multiply, .divide, .floorDivide, .modulo: 11
        case .power: 14
        }
    }

    /// How tightly it holds its right operand: less than its left one if it groups from the right.
    var rightPriority: Int {
        switch self {
        case .concatenate, .power: leftPriority - 1
        default: leftPriority
        }
    }

    /// `==  ~=  <  <=  >  >=`
    public var isComparison: Bool { leftPriority == BinaryOperator.equal.leftPriority }

    /// `+  -  *  /  //  %  ^`
    public var isArithmetic: Bool {
        switch self {
        case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power: true
        default: false
        }
    }

    /// `&  |  ~`, without the shifts.
    public var isBitwise: Bool {
        switch self {
        case .bitwiseAnd, .bitwiseOr, .bitwiseXor: true
        default: false
        }
    }
}

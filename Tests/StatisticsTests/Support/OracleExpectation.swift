import PlumblineTestSupport
import Testing

extension Oracle {
    static let absenceComment = Comment(rawValue: absence)
}

extension Oracle.Quantity {
    /// Fails unless the numbers agree within the quantity's own tolerance.
    func expect(_ got: [Double]?, sourceLocation: SourceLocation = #_sourceLocation) {
        if let difference = difference(from: got) { Issue.record("\(difference)", sourceLocation: sourceLocation) }
    }
}

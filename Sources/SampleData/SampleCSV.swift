import TabularIO

/// An export being written.
struct SampleCSV {
    private(set) var text: String

    init(_ header: [String]) {
        text = CSVText.line(header)
    }

    mutating func add(_ cells: [String]) {
        text += CSVText.line(cells)
    }
}

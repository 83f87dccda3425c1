import MeasureModel

/// Which persons of one dataset are persons of another: both name them by a column, and the same text is the same person.
final class PersonMatch {
    /// A number for the person of each row, the same in both datasets for the same person; -1 where a row names none.
    let ours: [Int32]
    /// See ``ours``.
    let theirs: [Int32]

    /// Nil where one of the datasets does not name its persons by a column.
    init?(_ dataset: Dataset, _ other: Dataset) throws(DataError) {
        guard case .column(let name) = dataset.description.persons,
            case .column(let otherName) = other.description.persons,
            let own = try dataset.keys(name), let foreign = try other.keys(otherName)
        else { return nil }
        let unknown = Int32(own.labels.texts.count)
        let numbers = foreign.labels.texts.enumerated().map { place, text in
            own.labels.numbers[text] ?? unknown + Int32(place)
        }
        ours = own.codes
        theirs = foreign.codes.map { $0 < 0 ? -1 : numbers[Int($0)] }
    }
}

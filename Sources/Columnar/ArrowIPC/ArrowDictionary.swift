/// A dictionary as a file or stream builds it up: what it began with and what it gained.
///
/// Batches refer to the object and take its labels when all of them are known, so that they share one copy however often
/// a dictionary grows. Labels only ever come behind others, hence codes stay what they were.
final class ArrowDictionary {
    private var parts: [Column]
    private var joined: ArrowLabels?
    private let isLarge: Bool

    init(_ first: Column, isLarge: Bool) {
        parts = [first]
        self.isLarge = isLarge
    }

    func add(_ part: Column) {
        parts.append(part)
        joined = nil
    }

    var labels: ArrowLabels {
        if let joined { return joined }
        let texts = parts.map { part in
            if case .text(let texts) = part.values { texts } else { TextBuffer([]) }
        }
        let isComplete = parts.allSatisfy { $0.missingCount == 0 }
        let validity = isComplete ? nil : Bitmap(parts.flatMap { part in (0..<part.count).map(part.isValid) })
        let labels = ArrowLabels(
            texts: texts.count == 1 ? texts[0] : TextBuffer(joining: texts, isLarge: isLarge), validity: validity)
        joined = labels
        return labels
    }
}

/// The labels of a dictionary. Some writers keep a label for missing values in it.
struct ArrowLabels {
    var texts: TextBuffer
    /// Set where a label is a text; nil when all are.
    var validity: Bitmap?
}

/// Dictionaries by id, as they stand at some place of a file or stream.
struct ArrowDictionaries {
    private var known: [Int64: ArrowDictionary] = [:]
    /// Whether a dictionary may be replaced: in a stream, not in a file, where nothing says which batches come between.
    let mayBeReplaced: Bool

    init(mayBeReplaced: Bool) {
        self.mayBeReplaced = mayBeReplaced
    }

    /// The dictionaries of a schema's columns, nil for columns that have none.
    func ofColumns(_ schema: ArrowSchema) -> [ArrowDictionary?] {
        schema.fields.map { field in field.dictionary.flatMap { known[$0.id] } }
    }

    /// Takes a dictionary batch in: the first one of its id, one that replaces it, or one that adds to it.
    mutating func take(_ message: ArrowMessage, _ schema: ArrowSchema) throws(ColumnarError) {
        let id = try message.header.integer(0, as: Int64.self)
        guard let batch = try message.header.table(1) else { throw .malformed("a dictionary has no batch") }
        guard let field = schema.fieldsByDictionary[id] else {
            guard schema.isPartial else { throw .malformed("a dictionary belongs to no column") }
            return
        }
        var cursor = try ArrowBatch(batch, message)
        let part = try cursor.column(ArrowField(name: field.name, type: field.type), dictionary: nil)
        guard try message.header.bool(2), let grown = known[id] else {
            guard mayBeReplaced || known[id] == nil else {
                throw .malformed("the dictionary of `\(field.name)` comes twice, which only a stream may do")
            }
            known[id] = ArrowDictionary(part, isLarge: field.type == .largeText)
            return
        }
        grown.add(part)
    }
}

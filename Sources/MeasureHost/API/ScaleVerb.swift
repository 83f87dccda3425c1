import LuaSandbox
import MeasureModel
import Statistics

/// `g:scale(items, { answered = 0.5 })`: for each row the mean of the items it answered.
///
/// A row with less than the share `answered` of the items has no score; it is missing for the strongest reason among its
/// items.
enum ScaleVerb {
    static func scale(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let options = try host.options(
            arguments, 2, "scale", known: ["answered", "method"] + ScaleItems.options)
        let items = try ScaleItems(host, arguments, options, "scale")
        let needed = try items.neededAnswers(options, "scale")
        let isSum = try isSum(options)
        let turned = items.reversedWithin.map { $0.map { $0.lowerBound + $0.upperBound } }
        let count = items.group.count
        var scores = [Double](repeating: .nan, count: count)
        for row in 0..<count {
            var sum = 0.0
            var answered = 0
            for (index, column) in items.answers.enumerated() {
                let answer = column[column.startIndex + row]
                guard !answer.isNaN else { continue }
                sum += turned[index].map { $0 - answer } ?? answer
                answered += 1
            }
            if answered >= needed, answered > 0 {
                scores[row] = isSum ? sum / Double(answered) * Double(turned.count) : sum / Double(answered)
            }
        }
        let data = ColumnData(kind: .number, numbers: scores, why: items.why(scores))
        return try host.give(.column(ColumnView(group: items.group, data: data, ownsMemory: true)))
    }

    private static func isSum(_ options: LuaTable) throws(LuaHostError) -> Bool {
        switch options["method"] {
        case nil, .string("mean"): return false
        case .string("sum"): return true
        default: throw .message("scale: `method` is \"mean\" or \"sum\"")
        }
    }
}

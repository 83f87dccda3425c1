import Foundation
import PlumblineTestSupport

/// What the quantities of the case scale-bfi are in verbs of today; nil where none says it.
enum ScaleQuestions {
    static let codebook = """
        items:
          A1: { range: [1, 6], reverse: true }
          A2: { range: [1, 6] }
          A3: { range: [1, 6] }
          A4: { range: [1, 6] }
          A5: { range: [1, 6] }
          C1: { range: [1, 6] }
          C2: { range: [1, 6] }
          C3: { range: [1, 6] }
          C4: { range: [1, 6], reverse: true }
          C5: { range: [1, 6], reverse: true }
        scales:
          agreeableness: [A1, A2, A3, A4, A5]
          conscientiousness: [C1, C2, C3, C4, C5]
        """

    static func question(_ quantity: Oracle.Quantity) -> Question? {
        let items = quantity.arguments["items"] as? [String] ?? []
        let scale = items.first == "A1" ? "agreeableness" : "conscientiousness"
        // The codebook says what is reversed; one scale of the case forgets to.
        let isForgetful = (quantity.arguments["reversed"] as? [String])?.isEmpty == true
        let reverse = isForgetful ? "reverse = {}, " : ""
        let answered = quantity.text("missing") == "listwise" ? 1 : (quantity.number("min_answered") ?? 1) / 5
        let score = "g:scale(\"\(scale)\", { \(reverse)answered = \(answered) })"
        func item(_ name: String) -> String { "g:scale({ \"\(name)\" }, { \(reverse)answered = 1 })" }
        let expressions: [String]
        switch quantity.name {
        case "n_rows": expressions = ["g.n"]
        case "n_complete", "person_mean_scored_n": expressions = [score + ":count()"]
        case "n_answered_by_item": expressions = items.map { "g.\($0):count()" }
        case "item_means": expressions = items.map { item($0) + ":mean()" }
        case "item_sds": expressions = items.map { item($0) + ":sd()" }
        case "person_mean_mean": expressions = [score + ":mean()"]
        case "person_mean_sd": expressions = [score + ":sd()"]
        case "total_score_sd":
            expressions = ["g:scale(\"\(scale)\", { \(reverse)answered = 1, method = \"sum\" }):sd()"]
        default: return nil
        }
        let gender = quantity.number("level").map { "\(Int($0))" }
        return Question(dataset: "input", expressions: expressions, gender: gender)
    }
}

/// What the quantities of the case descriptives are in verbs of today.
enum DescriptiveQuestions {
    static func question(_ quantity: Oracle.Quantity) -> Question? {
        guard let file = quantity.text("file"), quantity.text("resamples") == nil else { return nil }
        let dataset = String(file.dropLast(".csv".count))
        func ask(_ expressions: [String], _ reading: Question.Reading = .value) -> Question {
            Question(dataset: dataset, expressions: expressions, reading: reading)
        }
        if let expressions = pairs(quantity) {
            return ask(expressions, quantity.name == "paired_ci" ? .limits : .value)
        }
        guard let name = quantity.text("column") else { return nil }
        let column = "g:column(\"\(name)\")"
        if let weight = quantity.text("weight") {
            guard quantity.name == "weighted_mean" else { return nil }
            return ask(["\(column):weighted{ by = g:column(\"\(weight)\") }:mean()"])
        }
        if quantity.name == "n1_n2", let group = quantity.text("group") {
            return ask(
                ["first", "second"].compactMap { quantity.number($0) }.map { value in
                    "g:where(g.\(group):is(\(Int(value)))):column(\"\(name)\"):count()"
                })
        }
        guard quantity.text("group") == nil else { return nil }
        if quantity.name == "mean_ci_t" { return ask(["\(column):mean()"], .limits) }
        return (single(quantity, column) ?? order(quantity, column)).map { ask($0) }
    }

    private static func single(_ quantity: Oracle.Quantity, _ column: String) -> [String]? {
        switch quantity.name {
        case "n": ["\(column):count()"]
        case "n_missing": ["\(column):missing():count()"]
        case "mean", "sd", "min", "max", "median": ["\(column):\(quantity.name)()"]
        case "cv": ["ratio(\(column):sd(), \(column):mean())"]
        case "se_mean": ["\(column):sd() / math.sqrt(\(column):count().value)"]
        case "geometric_mean": ["math.exp(\(column):map(function(v) return math.log(v) end):mean().value)"]
        default: nil
        }
    }

    private static func order(_ quantity: Oracle.Quantity, _ column: String) -> [String]? {
        let type = Int(quantity.number("type") ?? 7)
        switch quantity.name {
        case "quantile": return quantity.numbers("p").map { "\(column):quantile(\($0), { type = \(type) })" }
        case "iqr":
            let options = "{ type = \(type) }"
            return ["\(column):quantile(0.75, \(options)) - \(column):quantile(0.25, \(options))"]
        case "mad":
            let distance = "\(column):map(function(v) return math.abs(v - \(column):median().value) end)"
            return ["\(distance):median() * \(quantity.number("constant") ?? 1)"]
        default: return nil
        }
    }

    private static func pairs(_ quantity: Oracle.Quantity) -> [String]? {
        if quantity.name == "n_pairs", let x = quantity.text("x"), let y = quantity.text("y") {
            return ["(g.\(x) + g.\(y)):count()"]
        }
        if quantity.name == "n1_n2", let first = quantity.text("first"), let second = quantity.text("second") {
            return [first, second].map { "g.\($0):count()" }
        }
        guard quantity.text("before") != nil else { return nil }
        let change = "(g.after - g.before)"
        switch quantity.name {
        case "n_pairs": return [change + ":count()"]
        case "mean_change", "paired_ci": return [change + ":mean()"]
        case "sd_change": return [change + ":sd()"]
        case "d_z": return ["ratio(\(change):mean(), \(change):sd())"]
        case "paired_t": return ["ratio(\(change):mean(), \(change):sd()) * math.sqrt(\(change):count().value)"]
        case "improved_same_worse": return ["above(0)", "is(0)", "below(0)"].map { "\(change):\($0):count()" }
        default: return nil
        }
    }
}

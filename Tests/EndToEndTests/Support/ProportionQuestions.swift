import Foundation
import PlumblineTestSupport

/// What the quantities of the case proportions are in verbs of today; nil where none says it.
///
/// Some come as counts in words and not in a file: ``persons(_:)`` and ``rates(_:)`` write those out as files.
enum ProportionQuestions {
    static let codebook = "items: { A2: { range: [1, 6] }, C1: { range: [1, 6] } }\n"

    static func question(_ quantity: Oracle.Quantity) -> Question? {
        if quantity.text("item") != nil { return boxes(quantity) }
        if quantity.number("events") != nil || quantity.number("events1") != nil { return rate(quantity) }
        if quantity.text("file") == "input_dispositions.csv" { return disposition(quantity) }
        if quantity.number("x1") != nil { return two(quantity) }
        return one(quantity)
    }

    /// Intervals of today have one level.
    private static func isUsualLevel(_ quantity: Oracle.Quantity) -> Bool { quantity.number("conf") ?? 0.95 == 0.95 }

    // MARK: One share

    private static func one(_ quantity: Oracle.Quantity) -> Question? {
        guard ["proportion", "ci_wilson"].contains(quantity.name), isUsualLevel(quantity) else { return nil }
        let reading: Question.Reading = quantity.name == "proportion" ? .value : .limits
        func ask(_ dataset: String, _ expression: String) -> Question {
            Question(dataset: dataset, expressions: [expression], reading: reading)
        }
        if let dept = quantity.text("dept"), let gender = quantity.text("gender") {
            let rows = "g:where(g.dept:is(\"\(dept)\") & g.gender:is(\"\(gender)\"))"
            return ask("input", "proportion(\(rows).admitted:sum(), \(rows).applied:sum())")
        }
        if let label = quantity.text("label") {
            let rows = "g:where(g.label:is(\"\(label)\"))"
            return ask("input_edge", "proportion(\(rows).x:sum(), \(rows):column(\"n\"):sum())")
        }
        return ask("persons", share(key(quantity, ["x", "n"]), 1))
    }

    // MARK: Two shares

    private static func two(_ quantity: Oracle.Quantity) -> Question? {
        let pair = key(quantity, ["x1", "n1", "x2", "n2"])
        let (first, second) = (share(pair, 1), share(pair, 2))
        func odds(_ share: String) -> String { "ratio(\(share), 1 - \(share))" }
        func angle(_ share: String) -> String { "2 * math.asin(math.sqrt(\(share).value))" }
        let expression: String
        switch quantity.name {
        case "risk_difference", "risk_difference_ci_newcombe": expression = "difference(\(first), \(second))"
        case "risk_ratio": expression = "ratio(\(first), \(second))"
        case "odds_ratio": expression = "ratio(\(odds(first)), \(odds(second)))"
        case "cohen_h": expression = "\(angle(first)) - \(angle(second))"
        default: return nil
        }
        let isInterval = quantity.name.hasSuffix("newcombe")
        return Question(dataset: "persons", expressions: [expression], reading: isInterval ? .limits : .value)
    }

    private static func key(_ quantity: Oracle.Quantity, _ names: [String]) -> String {
        names.compactMap { quantity.number($0) }.map { "\(Int($0))" }.joined(separator: "-")
    }

    private static func share(_ key: String, _ side: Int) -> String {
        "g:where(g.case:is(\"\(key)\") & g.side:is(\(side))).yes:share()"
    }

    /// Counts in words as a file with a row for each person.
    static func persons(_ quantities: [Oracle.Quantity]) -> String {
        var cases: [String: [(yes: Int, of: Int)]] = [:]
        func count(_ quantity: Oracle.Quantity, _ x: String, _ n: String) -> (yes: Int, of: Int)? {
            guard let yes = quantity.number(x), let of = quantity.number(n) else { return nil }
            return (Int(yes), Int(of))
        }
        for quantity in quantities {
            if let first = count(quantity, "x1", "n1"), let second = count(quantity, "x2", "n2") {
                cases[key(quantity, ["x1", "n1", "x2", "n2"])] = [first, second]
            } else if quantity.text("file") == nil, let only = count(quantity, "x", "n") {
                cases[key(quantity, ["x", "n"])] = [only]
            }
        }
        let rows = cases.sorted { $0.key < $1.key }.flatMap { key, sides in
            zip(1..., sides).flatMap { side, count in
                (0..<count.of).map { "\(key),\(side),\($0 < count.yes ? 1 : 0)\n" }
            }
        }
        return "case,side,yes\n" + rows.joined()
    }

    // MARK: Answers of survey items

    private static func boxes(_ quantity: Oracle.Quantity) -> Question? {
        guard let item = quantity.text("item"), let group = quantity.text("group"), isUsualLevel(quantity) else {
            return nil
        }
        let (top, bottom) = ("g.\(item):top_box(2):share()", "g.\(item):at_most(2):share()")
        var question = Question(dataset: "input_items", expressions: [top])
        switch quantity.name {
        case "top2box_share": break
        case "top2box_n": question.reading = .n
        case "top2box_ci_wilson": question.reading = .limits
        case "bottom2box_share": question.expressions = [bottom]
        case "net_top2_minus_bottom2": question.expressions = ["difference(\(top), \(bottom))"]
        default: return nil
        }
        question.gender = group.hasPrefix("gender ") ? String(group.dropFirst(7)) : nil
        return question
    }

    // MARK: Rates

    private static func rate(_ quantity: Oracle.Quantity) -> Question? {
        func one(_ events: String, _ exposure: String) -> String {
            let rows = "g:where(g.case:is(\"\(key(quantity, [events, exposure]))\"))"
            return "ratio(\(rows).events:sum(), \(rows).exposure:sum())"
        }
        let (first, second) = (one("events1", "exposure1"), one("events2", "exposure2"))
        switch quantity.name {
        case "rate": return Question(dataset: "rates", expressions: [one("events", "exposure")])
        case "rate_ratio": return Question(dataset: "rates", expressions: ["ratio(\(first), \(second))"])
        case "rate_difference": return Question(dataset: "rates", expressions: ["difference(\(first), \(second))"])
        default: return nil
        }
    }

    /// Events and exposures in words as a file.
    static func rates(_ quantities: [Oracle.Quantity]) -> String {
        var rows: Set<String> = []
        for quantity in quantities {
            for suffix in ["", "1", "2"] {
                let names = ["events\(suffix)", "exposure\(suffix)"]
                let numbers = names.compactMap { quantity.number($0) }.map { "\(Int($0))" }
                if numbers.count == 2 { rows.insert("\(key(quantity, names)),\(numbers.joined(separator: ","))\n") }
            }
        }
        return "case,events,exposure\n" + rows.sorted().joined()
    }

    // MARK: Dispositions of a survey

    /// AAPOR, Standard Definitions, 10th edition (2023): the rates of a survey from counts by disposition.
    private static func disposition(_ quantity: Oracle.Quantity) -> Question? {
        func count(_ codes: String...) -> String {
            let list = codes.map { "\"\($0)\"" }.joined(separator: ", ")
            return "g:where(g.code:isin{ \(list) }):column(\"n\"):sum()"
        }
        let (complete, interviews) = (count("I"), count("I", "P"))
        let eligible = count("I", "P", "R", "NC", "O")
        let all = count("I", "P", "R", "NC", "O", "UH", "UO")
        let estimated = "(\(eligible) + \(quantity.number("e") ?? 1) * \(count("UH", "UO")))"
        let contacted = count("I", "P", "R", "O")
        let parts: (String, String)
        switch quantity.name {
        case "RR1": parts = (complete, all)
        case "RR2": parts = (interviews, all)
        case "RR3": parts = (complete, estimated)
        case "RR4": parts = (interviews, estimated)
        case "RR5": parts = (complete, eligible)
        case "RR6": parts = (interviews, eligible)
        case "COOP1": parts = (complete, contacted)
        case "COOP2": parts = (interviews, contacted)
        case "COOP3": parts = (complete, count("I", "P", "R"))
        case "COOP4": parts = (interviews, count("I", "P", "R"))
        case "REF1": parts = (count("R"), all)
        case "REF2": parts = (count("R"), estimated)
        case "REF3": parts = (count("R"), eligible)
        case "CON1": parts = (contacted, all)
        case "CON2": parts = (contacted, estimated)
        case "CON3": parts = (contacted, eligible)
        case "e_cass": parts = (eligible, count("I", "P", "R", "NC", "O", "ineligible"))
        default: return nil
        }
        return Question(dataset: "input_dispositions", expressions: ["ratio(\(parts.0), \(parts.1))"])
    }
}

import Foundation
import PlumblineTestSupport

/// How one answer of a reference is asked of `plumb eval`.
struct Question {
    /// The dataset; each file of a case is one.
    var dataset: String
    /// Lua over the group `g`, one for each number that is wanted; of an interval only one.
    var expressions: [String]
    /// What of an estimate is wanted.
    var reading = Reading.value
    /// The value of `gender` whose rows are meant; nil for all.
    var gender: String?

    enum Reading {
        case value, n, limits
    }
}

/// A workspace with the files of a case, imported by `plumb import`.
struct OracleWorkspace {
    private let folder: URL

    /// Makes it in an empty folder. Datasets are called like their files; codebooks come by dataset.
    init(in folder: URL, files: [(dataset: String, url: URL)], codebooks: [String: String] = [:]) throws {
        self.folder = folder
        let datasets = files.map { file in
            let book = codebooks[file.dataset] == nil ? "" : ", codebook: \(file.dataset).yaml"
            return "  \(file.dataset): { class: open, person: row\(book) }\n"
        }
        let configuration = "hub: h\nnetworks: { one: {} }\nprivacy: { open: { minimum: 1 } }\ndatasets:\n"
        try write("plumbline.yaml", configuration + datasets.joined())
        for (dataset, text) in codebooks { try write("\(dataset).yaml", text) }
        for file in files { _ = try plumb("import", file.dataset, file.url.path, "--as", file.dataset) }
    }

    private func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    private func plumb(_ arguments: String...) throws -> [String: Any] {
        let finished = try run(BuiltProgram.plumb, arguments + ["--json"], in: folder)
        guard finished.status == 0 else { throw Failed(text: "\(arguments): \(finished.errors)") }
        return try finished.json()
    }

    /// A command that should have worked did not.
    struct Failed: Error {
        var text: String
    }

    /// The answers to questions, in their order; nil where nothing came back. One process for each dataset.
    func answers(to questions: [Question]) throws -> [[Double]?] {
        var sheets: [String: Sheet] = [:]
        for (dataset, asked) in Dictionary(grouping: questions, by: \.dataset) {
            var sheet = Sheet(asked)
            try write("\(dataset).lua", sheet.measure(dataset))
            sheet.read(try plumb("eval", "\(dataset).lua", "--every", "all"))
            sheets[dataset] = sheet
        }
        return questions.map { sheets[$0.dataset]?.answer(to: $0) }
    }
}

/// All expressions over one dataset as the parts of one measure, and what came back.
private struct Sheet {
    private var parts: [String: String] = [:]
    private var byGender = false
    /// Observations by gender and part.
    private var cells: [String: [String: [String: Any]]] = [:]

    init(_ questions: [Question]) {
        for expression in questions.flatMap(\.expressions) where parts[expression] == nil {
            parts[expression] = "part_\(parts.count)"
        }
        byGender = questions.contains { $0.gender != nil }
    }

    /// Each expression stands in a function of its own: a function of hundreds of constants is more than Lua likes.
    func measure(_ dataset: String) -> String {
        let lines = parts.sorted { $0.value < $1.value }.map { "    \($1) = (function() return \($0) end)(),\n" }
        return """
            return measure {
              id = "oracle.\(dataset)", version = "1.0.0", title = "\(dataset)", domain = "quality", type = "quality",
              unit = "value", from = "\(dataset)", by = { {}\(byGender ? ", { \"gender\" }" : "") },
              value = function(g, p)
                return {
            \(lines.joined())    }
              end,
            }
            """
    }

    mutating func read(_ json: [String: Any]) {
        for cell in json["observations"] as? [[String: Any]] ?? [] {
            let gender = (cell["group"] as? [String: String])?["gender"] ?? ""
            if let part = cell["part"] as? String { cells[gender, default: [:]][part] = cell }
        }
    }

    func answer(to question: Question) -> [Double]? {
        let found = question.expressions.compactMap { parts[$0] }.compactMap { cells[question.gender ?? ""]?[$0] }
        let fields: [String] =
            switch question.reading {
            case .value: ["value"]
            case .n: ["n"]
            case .limits: ["low", "high"]
            }
        let numbers = found.flatMap { cell in fields.compactMap { cell[$0] as? Double } }
        return numbers.count == question.expressions.count * fields.count ? numbers : nil
    }
}

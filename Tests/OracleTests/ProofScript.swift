import Foundation
import PlumblineTestSupport

/// A measure that answers some of a case's quantities.
struct ProofScript {
    /// The dataset of a case that has no table.
    static let nothing = "nothing"

    let quantities: [ReferenceCase.Quantity]
    private let parts: Parts

    /// What the scripts of a case share.
    private struct Parts {
        /// The Lua text that answers.
        var answers: String
        var tables: [String]
        /// The first column of days of each table.
        var dates: [String: String]
        /// Quantities that are the first to say something of a file: others rely on it.
        var context: [ReferenceCase.Quantity]
    }

    /// As many scripts as a case needs: a script's text has a limit.
    static func scripts(
        _ reference: ReferenceCase, tables: [String], dates: [String: String]
    ) throws -> [ProofScript] {
        let parts = Parts(
            answers: try Self.answers(to: reference.area), tables: tables, dates: dates,
            context: context(of: reference.quantities))
        let room = 60_000 - parts.answers.utf8.count - size(parts.context)
        var scripts: [ProofScript] = []
        var batch: [ReferenceCase.Quantity] = []
        for quantity in reference.quantities {
            if !batch.isEmpty, size(batch) + size([quantity]) > room {
                scripts.append(ProofScript(quantities: batch, parts: parts))
                batch = []
            }
            batch.append(quantity)
        }
        return scripts + [ProofScript(quantities: batch, parts: parts)]
    }

    /// The same for some of its quantities.
    func asking(_ quantities: [ReferenceCase.Quantity]) -> ProofScript {
        ProofScript(quantities: quantities, parts: parts)
    }

    private static func size(_ quantities: [ReferenceCase.Quantity]) -> Int {
        quantities.reduce(0) { $0 + $1.arguments.lua.utf8.count + 60 }
    }

    private static func context(of quantities: [ReferenceCase.Quantity]) -> [ReferenceCase.Quantity] {
        var said: Set<[String]> = []
        var first: [ReferenceCase.Quantity] = []
        for quantity in quantities {
            let words = (quantity.arguments.fields ?? [:]).keys.map { [quantity.arguments["file"].text ?? "", $0] }
            if !said.isSuperset(of: words) { first.append(quantity) }
            said.formUnion(words)
        }
        return first
    }

    /// What the answers of all areas share, and those of one.
    private static func answers(to area: Int) throws -> String {
        let folder = Repository.root.appending(path: "Tests/OracleTests/Answers")
        return try ["shared", "area_\(area)"].map { name in
            let file = folder.appending(path: "\(name).lua")
            guard FileManager.default.fileExists(atPath: file.path) else { return "" }
            return try String(contentsOf: file, encoding: .utf8)
        }.joined(separator: "\n")
    }

    /// The script's text.
    var source: String {
        let from = parts.tables.contains("input") ? "input" : parts.tables.first ?? Self.nothing
        let with = parts.tables.filter { $0 != from }.map { "\"\($0)\"" }.joined(separator: ", ")
        let asked = (quantities + parts.context).map { "{ \"\($0.name)\", \($0.arguments.lua) }," }
            .joined(separator: "\n")
        let dates = parts.dates.sorted { $0.key < $1.key }.map { "[\"\($0.key)\"] = \"\($0.value)\"" }
            .joined(separator: ", ")
        return """
            local answers = {}
            local data
            -- The first column of days of each table.
            local dates = { \(dates) }
            local asked
            \(parts.answers)
            asked = {
            \(asked)
            }
            return measure {
              id = "proof", version = "1.0.0", title = "Proof", domain = "quality", type = "quality", unit = "value",
              from = "\(from)", with = { \(with) },
              value = function(g)
                data = function(file)
                  local name = (file or "\(from)"):gsub("%.csv$", "")
                  return name == "\(from)" and g or g.with[name]
                end
                local results = {}
                for i = 1, \(quantities.count) do
                  local quantity = asked[i]
                  local answer = answers[quantity[1]]
                  if not answer then
                    results["q" .. i] = { uncovered = true }
                  else
                    local ok, value = pcall(answer, quantity[2])
                    results["q" .. i] = ok and { value = value } or { error = tostring(value) }
                  end
                end
                return results
              end,
            }
            """
    }
}

import Foundation
import PlumblineTestSupport

/// A measure that answers some of a case's quantities.
struct ProofScript {
    /// The dataset of a case that has no table.
    static let nothing = "nothing"

    let quantities: [ReferenceCase.Quantity]
    let source: String

    /// As many scripts as a case needs: a script's text has a limit.
    static func scripts(_ reference: ReferenceCase, tables: [String]) throws -> [ProofScript] {
        let answers = try Self.answers(to: reference.area)
        var scripts: [ProofScript] = []
        var batch: [ReferenceCase.Quantity] = []
        var size = 0
        func finish() {
            guard !batch.isEmpty else { return }
            scripts.append(ProofScript(quantities: batch, source: source(answers, batch, tables)))
            (batch, size) = ([], 0)
        }
        for quantity in reference.quantities {
            let length = quantity.arguments.lua.utf8.count + 60
            if size + length > 60_000 - answers.utf8.count { finish() }
            batch.append(quantity)
            size += length
        }
        finish()
        return scripts
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

    private static func source(
        _ answers: String, _ quantities: [ReferenceCase.Quantity], _ tables: [String]
    ) -> String {
        let from = tables.contains("input") ? "input" : tables.first ?? nothing
        let with = tables.filter { $0 != from }.map { "\"\($0)\"" }.joined(separator: ", ")
        let asked = quantities.map { "{ \"\($0.name)\", \($0.arguments.lua) }," }.joined(separator: "\n")
        return """
            local answers = {}
            local data
            local asked
            \(answers)
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
                for i, quantity in ipairs(asked) do
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

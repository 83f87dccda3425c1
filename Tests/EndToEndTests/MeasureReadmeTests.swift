import Foundation
import PlumblineTestSupport
import Testing

/// `Measures/README.md` has an entry for each shipped measure; `UPDATE_GOLDEN=1` writes it anew from the definitions.
struct MeasureReadmeTests {
    private static let path = Repository.root.appending(path: "Measures/README.md")

    private struct Domain {
        var id: String
        var title: String
    }

    private static let domains = [
        Domain(id: "hub", title: "Hub leadership"), Domain(id: "roles", title: "Roles and engagement"),
        Domain(id: "improvement", title: "Continuous improvement"), Domain(id: "within_team", title: "Within the team"),
        Domain(id: "across_teams", title: "Across teams"), Domain(id: "culture", title: "Network culture"),
        Domain(id: "environment", title: "Institutional environment"), Domain(id: "pdsa", title: "Improvement cycles"),
        Domain(id: "spread", title: "Spread and scale"), Domain(id: "outcome", title: "Outcomes and variation"),
        Domain(id: "impact", title: "Impact"), Domain(id: "quality", title: "Data quality"),
    ]

    /// The definitions of the demo's edition: every shipped measure is in it.
    private static func published() throws -> [[String: Any]] {
        try withTemporaryFolder { folder in
            let made = try run(
                BuiltProgram.plumb, ["demo", "demo", "--json", "--networks", "2", "--people", "100"], in: folder)
            #expect(made.status == 0, "\(made.output)\(made.errors)")
            let file = folder.appending(path: "demo/site/measures.json")
            let document = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
            let measures = document?["measures"] as? [[String: Any]] ?? []
            return measures.filter { ($0["id"] as? String)?.contains("/") == false }
        }
    }

    private static func shippedFiles() throws -> [String] {
        let folder = Repository.root.appending(path: "Measures").resolvingSymlinksInPath()
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".lua") }.sorted()
    }

    /// The file that defines an id, by its text.
    private static func files() throws -> [String: String] {
        let folder = Repository.root.appending(path: "Measures")
        var files: [String: String] = [:]
        for path in try shippedFiles() {
            let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
            guard let id = text.firstMatch(of: /\n  id = "([^"]+)"/)?.1 else { continue }
            files[String(id)] = path
        }
        return files
    }

    private static func entry(_ measure: [String: Any], _ file: String) -> String {
        func text(_ name: String) -> String? { measure[name] as? String }
        var lines = ["### [`\(text("id") ?? "")`](\(file)) \(text("title") ?? "")", ""]
        if let question = text("question") { lines.append(question) }
        let kind = [text("type"), text("direction").map { "\($0) is better" }, "in \(text("unit") ?? "")"]
            .compactMap(\.self).joined(separator: ", ")
        let by = (measure["by"] as? [[String]] ?? []).map { $0.isEmpty ? "all" : $0.joined(separator: " and ") }
        let every = text("every").map { $0 == "all" ? "once" : "every \($0.replacing("_", with: " "))" }
        lines.append("")
        lines.append("- \(kind); from `\(text("from") ?? "")`; by \(by.joined(separator: ", ")); \(every ?? "").")
        for param in measure["params"] as? [[String: Any]] ?? [] {
            let standard = param["default"] as? Double ?? 0
            let about = param["about"] as? String ?? ""
            lines.append("- `\(param["name"] as? String ?? "")` = \(number(standard)): \(about).")
        }
        let presets = measure["presets"] as? [String: [String: Double]] ?? [:]
        for (name, values) in presets.sorted(by: { $0.key < $1.key }) {
            let settings = values.sorted { $0.key < $1.key }.map { "\($0.key) = \(number($0.value))" }
            lines.append("- preset `\(name)`: \(settings.joined(separator: ", ")).")
        }
        if let source = text("source") { lines.append("- Source: \(source).") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// As it stands in the definition: whole numbers without a point.
    private static func number(_ value: Double) -> String {
        value.rounded() == value ? String(Int(value)) : String(value)
    }

    @Test func itHasAnEntryForEachMeasure() throws {
        let measures = try Self.published()
        let files = try Self.files()
        let ids = Set(measures.compactMap { $0["id"] as? String })
        #expect(ids == Set(files.keys), "what is shipped is evaluated by the demo")
        #expect(try files.count == Self.shippedFiles().count, "each file has an id of its own")
        var text = """
            # The shipped measures

            \(measures.count) measures, a folder for each domain. Copy one and change it: each is a short file with its tests inside. What
            several share is in [Plugins/hub](../Plugins/hub/README.md); `Documentation/lua-api.md` says what they can call. Every
            number comes with its n and, where one is known, an interval; the host hides what too few persons are behind. Which kinds
            of missing values a measure leaves out stands in its first lines.

            This page is made from the definitions (`UPDATE_GOLDEN=1 swift test --filter MeasureReadmeTests`).

            """
        for domain in Self.domains {
            let own = measures.filter { $0["domain"] as? String == domain.id }
                .sorted { ($0["id"] as? String ?? "") < ($1["id"] as? String ?? "") }
            guard !own.isEmpty else { continue }
            text += "\n## \(domain.title)\n\n"
            text += own.map { Self.entry($0, files[$0["id"] as? String ?? ""] ?? "") }.joined(separator: "\n")
        }
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: Self.path)
        }
        let written = try? String(contentsOf: Self.path, encoding: .utf8)
        #expect(written == text, "Measures/README.md is out of date: UPDATE_GOLDEN=1 writes it anew")
    }
}

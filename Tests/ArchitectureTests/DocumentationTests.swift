import Foundation
import PlumblineTestSupport
import Testing

/// The documentation keeps up with the program.
struct DocumentationTests {
    private static func text(_ path: String) throws -> String {
        try String(contentsOf: Repository.root.appending(path: path), encoding: .utf8)
    }

    @Test func everyLintRuleIsDocumented() throws {
        let api = try Self.text("Documentation/lua-api.md")
        let rules = try Self.text("Sources/LuaSyntax/Lint/Finding.swift")
        for rule in rules.matches(of: /case \w+ = "([a-z-]+)"/).map({ String($0.1) }) {
            #expect(api.contains("`\(rule)`"), "lua-api.md does not name the rule \(rule)")
        }
    }

    @Test func linksLeadSomewhere() throws {
        let pages =
            ["README.md", "CONTRIBUTING.md"]
            + (try FileManager.default.contentsOfDirectory(
                atPath: Repository.root.appending(path: "Documentation").path)).filter { $0.hasSuffix(".md") }
            .map { "Documentation/\($0)" }
        for page in pages {
            let folder = Repository.root.appending(path: page).deletingLastPathComponent()
            for link in try Self.text(page).matches(of: /\]\(([^)#:]+)(?:#[^)]*)?\)/).map({ String($0.1) }) {
                #expect(
                    FileManager.default.fileExists(atPath: folder.appending(path: link).path),
                    "\(page) links to \(link), which is not there")
            }
        }
    }
}

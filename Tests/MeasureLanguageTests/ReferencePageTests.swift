import Foundation
import MeasureLanguage
import PlumblineTestSupport
import Testing

/// `Documentation/lua-api.md` shows what the language has. `UPDATE_GOLDEN=1` makes its tables anew.
struct ReferencePageTests {
    private static let file = Repository.root.appending(path: "Documentation/lua-api.md")

    @Test func tablesAreThoseOfTheLanguage() throws {
        let page = try String(contentsOf: Self.file, encoding: .utf8)
        let renewed = ReferencePage.renewed(page)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(renewed.utf8).write(to: Self.file)
        }
        #expect(try String(contentsOf: Self.file, encoding: .utf8) == renewed, "UPDATE_GOLDEN=1 renews the page")
    }

    @Test func everyTableIsOnThePageOnce() throws {
        let page = try String(contentsOf: Self.file, encoding: .utf8)
        #expect(ReferencePage.tableNames(in: page) == ReferencePage.tableNames)
    }

    @Test func proseIsLeftAloneAndRenewingAgainChangesNothing() {
        let page = "a\n<!-- table: rows -->\nold\n<!-- end -->\nb\n<!-- table: nothing such -->\nc\n"
        let renewed = ReferencePage.renewed(page)
        #expect(renewed.hasPrefix("a\n<!-- table: rows -->\n| written |"))
        #expect(renewed.hasSuffix("|\n<!-- end -->\nb\n<!-- table: nothing such -->\nc\n"))
        #expect(!renewed.contains("old"))
        #expect(ReferencePage.renewed(renewed) == renewed)
    }

    @Test func barsInCellsAreNotTheTable() {
        let renewed = ReferencePage.renewed("<!-- table: column operations -->\n<!-- end -->")
        #expect(renewed.contains("`a & b, a \\| b, a ~ b, ~a`"))
    }
}

import PluginPackaging
import Testing

/// Ranges, against tables of what Cargo and the documentation say.
struct VersionRangeTests {
    private static let table: [(range: String, inside: [String], outside: [String])] = [
        ("^1.2.3", ["1.2.3", "1.2.4", "1.9.0"], ["1.2.2", "2.0.0", "2.0.0-rc.1", "1.3.0-rc.1", "0.9.0"]),
        ("^1.2", ["1.2.0", "1.99.0"], ["1.1.9", "2.0.0"]),
        ("^1", ["1.0.0", "1.2.3"], ["0.9.9", "2.0.0"]),
        ("^0.2.3", ["0.2.3", "0.2.9"], ["0.2.2", "0.3.0", "1.0.0"]),
        ("^0.2", ["0.2.0", "0.2.9"], ["0.1.9", "0.3.0"]),
        ("^0.0.3", ["0.0.3"], ["0.0.2", "0.0.4", "0.1.0"]),
        ("^0.0", ["0.0.0", "0.0.9"], ["0.1.0"]),
        ("^0", ["0.0.0", "0.9.9"], ["1.0.0"]),
        ("~1.2.3", ["1.2.3", "1.2.9"], ["1.2.2", "1.3.0", "1.3.0-rc.1"]),
        ("~1.2", ["1.2.0", "1.2.9"], ["1.1.9", "1.3.0"]),
        ("~1", ["1.0.0", "1.9.9"], ["0.9.9", "2.0.0"]),
        ("1.2.3", ["1.2.3"], ["1.2.2", "1.2.4", "1.2.3-rc.1"]),
        ("=1.2.3", ["1.2.3"], ["1.2.4"]),
        ("1.2", ["1.2.0", "1.2.9"], ["1.1.9", "1.3.0"]),
        ("1.2.*", ["1.2.0", "1.2.9"], ["1.1.9", "1.3.0"]),
        ("1.*", ["1.0.0", "1.9.9"], ["0.9.9", "2.0.0"]),
        ("1", ["1.0.0", "1.9.9"], ["0.9.9", "2.0.0"]),
        (">=1.0", ["1.0.0", "7.0.0"], ["0.9.9", "1.0.0-rc.1", "2.0.0-rc.1"]),
        (">1.0", ["1.1.0", "2.0.0"], ["1.0.0", "1.0.9"]),
        (">1.0.0", ["1.0.1"], ["1.0.0"]),
        ("<2", ["0.0.0", "1.9.9"], ["2.0.0", "2.0.0-rc.1", "1.9.9-rc.1"]),
        ("<2.0.0", ["1.9.9"], ["2.0.0", "2.0.0-rc.1"]),
        ("<=2", ["2.0.0", "2.9.9"], ["3.0.0"]),
        ("<=2.1.0", ["2.1.0"], ["2.1.1"]),
        ("*", ["0.0.0", "99.0.0"], ["1.0.0-rc.1"]),
        (">=1.0, <2", ["1.0.0", "1.9.9"], ["0.9.9", "2.0.0"]),
        (">=1.0 <2", ["1.0.0", "1.9.9"], ["0.9.9", "2.0.0"]),
        (">= 1.0 , < 2", ["1.0.0", "1.9.9"], ["0.9.9", "2.0.0"]),
        ("^1.2.3-rc.2", ["1.2.3-rc.2", "1.2.3-rc.10", "1.2.3", "1.3.0"], ["1.2.3-rc.1", "1.3.0-rc.3", "2.0.0-rc.3"]),
        (">=1.2.3-rc.1, <2", ["1.2.3-rc.1", "1.9.0"], ["1.2.4-rc.1"]),
        ("<1.2.3-rc.2", ["1.2.3-rc.1", "1.0.0"], ["1.2.3-rc.2", "1.2.3", "1.2.2-rc.1"]),
        ("1.2.3-rc.1", ["1.2.3-rc.1"], ["1.2.3", "1.2.3-rc.2"]),
    ]

    @Test(arguments: table.indices)
    func versionsAreInAndOut(_ row: Int) throws {
        let (text, inside, outside) = Self.table[row]
        let range = try VersionRange(text)
        for version in inside { #expect(range.contains(try SemanticVersion(version)), "\(version) in \(text)") }
        for version in outside { #expect(!range.contains(try SemanticVersion(version)), "\(version) in \(text)") }
    }

    @Test(arguments: table.indices)
    func descriptionIsTheRangeAgain(_ row: Int) throws {
        let range = try VersionRange(Self.table[row].range)
        #expect(try VersionRange(range.description) == range)
        #expect(try VersionRange(range.description).description == range.description)
    }

    @Test func oneFormIsWritten() throws {
        #expect(try VersionRange(">= 1.0   < 2").description == ">=1.0, <2")
        #expect(try VersionRange("*").description == "*")
        #expect(VersionRange(exactly: SemanticVersion(1, 2, 3)).description == "1.2.3")
    }

    @Test(arguments: [
        ("", "`^1.2`"), (" ", "`^1.2`"), ("^1.2,", "`^1.2`"), (",", "`^1.2`"), ("^", "numbers with dots"),
        ("^a", "numbers with dots"), ("^1.2.*", "without a sign"), ("1.2.3.*", "without a sign"),
        ("^*", "numbers with dots"),
        ("* *", "numbers with dots"), ("!1.2", "numbers with dots"), ("^1.2 || ^2", "numbers with dots"),
        ("1.2 - 1.4", "numbers with dots"), ("==1.2", "numbers with dots"), ("^1.2.3+a", "build metadata"),
        (String(repeating: "1 ", count: 200), "too long"),
    ])
    func otherTextsAreRefused(_ text: String, _ reason: String) {
        let error = #expect(throws: NotationError.self) { try VersionRange(text) }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }
}

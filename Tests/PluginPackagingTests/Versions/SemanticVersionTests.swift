import PluginPackaging
import Testing

/// Versions, against the text of Semantic Versioning 2.0.
struct SemanticVersionTests {
    /// The order that section 11 of the specification gives, and what lies between.
    private static let ascending = [
        "0.0.0-0", "0.0.0", "0.0.1", "0.1.0", "1.0.0--", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta",
        "1.0.0-beta",
        "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1-99999999999999999998",
        "1.0.1-99999999999999999999", "1.0.1-100000000000000000000", "1.0.1-A", "1.0.1-a", "1.0.1", "2.0.0", "2.1.0",
        "2.1.1",
        "10.0.0", "999999999.0.0",
    ]

    @Test func orderIsThatOfTheSpecification() throws {
        let versions = try Self.ascending.map { text in try SemanticVersion(text) }
        for (left, lesser) in versions.enumerated() {
            for (right, greater) in versions.enumerated() {
                #expect((lesser < greater) == (left < right), "\(lesser) < \(greater)")
                #expect((lesser == greater) == (left == right))
            }
        }
    }

    @Test(arguments: ascending)
    func textIsKept(_ text: String) throws {
        #expect(try SemanticVersion(text).description == text)
    }

    @Test(arguments: [
        ("", "numbers with dots"), ("1", "three numbers, such as `1.0.0`"), ("1.2", "such as `1.2.0`"),
        ("1.2.3.4", "4 numbers"), ("01.2.3", "no 0 before"), ("1.2.03", "no 0 before"), ("1.2.x", "numbers with dots"),
        ("v1.2.3", "numbers with dots"), ("1.2.3-", "behind the `-`"), ("1.2.3-a..b", "behind the `-`"),
        ("1.2.3-01", "no 0 before"), ("1.2.3-ä", "behind the `-`"), ("1.2-rc.1", "three numbers before"),
        ("1.2.3+build", "build metadata"), ("1.2.3-rc+build", "build metadata"), ("-1.2.3", "numbers with dots"),
        (" 1.2.3", "numbers with dots"), ("1.2.3\n", "numbers with dots"), ("1000000000.0.0", "nine digits"),
        ("1.0.0-" + String(repeating: "a", count: 64), "too long"), ("１.2.3", "numbers with dots"),
    ])
    func otherTextsAreRefused(_ text: String, _ reason: String) {
        let error = #expect(throws: NotationError.self) { try SemanticVersion(text) }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
        #expect(error?.description.hasPrefix("`") == true)
    }
}

import MeasureModel
import PluginPackaging
import Testing

/// `plugin.yaml`, read and refused.
struct PluginManifestTests {
    @Test func everyFieldIsRead() throws {
        let manifest = try PluginManifest.read(SamplePackage.manifest, file: "plugin.yaml")
        #expect(manifest.name.description == "riverbend/climate")
        #expect(manifest.version == SemanticVersion(1, 2, 0))
        #expect(manifest.title == "Working climate")
        #expect(manifest.host.description == ">=0.1.0")
        #expect(manifest.needs == [PluginNeed(try PluginName("plumbline/hub"), try VersionRange("^1.0"))])
        #expect(
            manifest.reads == [
                DatasetReads(dataset: "pdsa", columns: nil, rows: true),
                DatasetReads(dataset: "survey", columns: ["safety_1", "safety_2"]),
            ])
        #expect(manifest.license == "Apache-2.0")
        #expect(manifest.authors == ["Riverbend hub"])
        #expect(manifest.changelog.map(\.version.description) == ["1.10.0", "1.2.0"])
    }

    private static let least = ["name: a/b", "version: 1.0.0", "plumb: \"*\"", "license: MIT", "authors: Me"]

    @Test func optionalFieldsMayBeMissing() throws {
        let manifest = try PluginManifest.read(Self.least.joined(separator: "\n"), file: "plugin.yaml")
        #expect(manifest.title == nil)
        #expect(manifest.needs.isEmpty && manifest.reads.isEmpty && manifest.changelog.isEmpty)
        #expect(manifest.authors == ["Me"])
    }

    @Test(arguments: least.indices)
    func otherFieldsMayNot(_ missing: Int) throws {
        var lines = Self.least
        let key = lines.remove(at: missing).prefix { $0 != ":" }
        let error = #expect(throws: PluginError.self) {
            try PluginManifest.read(lines.joined(separator: "\n"), file: "plugin.yaml")
        }
        #expect(error?.code == .badPackage)
        #expect(error?.description.contains("needs `\(key)`, such as `\(key): ") == true, "\(error?.description ?? "")")
    }

    @Test(arguments: [
        ("name: Riverbend/climate", "a hub is written in lower-case"), ("name: [a]", "must be a text"),
        ("version: 1.2", "three numbers"), ("version: 1.0.0+5", "build metadata"), ("title: ''", "one line"),
        ("title: \"a\\nb\"", "one line"), ("title: \"a\\u202eb\"", "not seen"), ("title: [a]", "must be a text"),
        ("plumb: 0.1+", "build metadata"), ("plumb: new", "numbers with dots"), ("needs: [a/b]", "must be a mapping"),
        ("needs: { b: '*' }", "`hub/name`"), ("needs: { a/c: new }", "numbers with dots"),
        ("needs: { a/b: '*' }", "cannot need itself"), ("reads: survey", "must be a mapping"),
        ("reads: { survey: all }", "must be a mapping"), ("reads: { survey: { rows: true } }", "needs `columns`"),
        ("reads: { survey: { columns: safety_1 } }", "or `all`"), ("reads: { survey: { columns: [a, a] } }", "twice"),
        ("reads: { survey: { columns: [''] } }", "one line"),
        ("reads: { survey: { columns: all, rows: 1 } }", "true or false"),
        ("reads: { survey: { colums: all } }", "did you mean `columns`?"), ("license: ", "must be a text"),
        ("authors: []", "must name somebody"), ("authors: { a: b }", "must be a text"),
        ("changelog: { 1.0: x }", "three numbers"), ("changelog: { 1.0.0: [x] }", "must be a text"),
        ("changelog: { 1.0.0: \"\\e[2J\" }", "not seen"), ("licence: MIT", "did you mean `license`?"),
        ("homepage: x", "has no key `homepage`"),
    ])
    func wrongFieldsAreNamedWithTheirLine(_ line: String, _ reason: String) throws {
        let key = String(line.prefix { $0 != ":" })
        let lines = Self.least.filter { !$0.hasPrefix("\(key):") } + [line]
        let error = #expect(throws: PluginError.self) {
            try PluginManifest.read(lines.joined(separator: "\n"), file: "plugin.yaml")
        }
        #expect(error?.code == .badPackage)
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
        #expect(error?.file == "plugin.yaml")
        #expect(error?.line == lines.count)
    }

    @Test(arguments: [
        "", "- a", "name: [", "a: 1\na: 2", String(repeating: "[", count: 100_000),
        String(repeating: "- ", count: 100_000), String(repeating: "? ", count: 100_000),
        (0..<600).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n"),
        "name: &a [" + String(repeating: "{x: ", count: 50_000), "\u{0}",
    ])
    func whatIsNoManifestIsRefused(_ text: String) {
        let error = #expect(throws: PluginError.self) { try PluginManifest.read(text, file: "plugin.yaml") }
        #expect(error?.code == .badPackage)
    }

    @Test func aliasesThatMultiplyCostNothing() {
        var lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
        for (before, letter) in zip("abcdefghi", "bcdefghij") {
            lines.append("\(letter): &\(letter) [\(Array(repeating: "*\(before)", count: 9).joined(separator: ","))]")
        }
        #expect(throws: PluginError.self) {
            try PluginManifest.read((Self.least + lines).joined(separator: "\n"), file: "plugin.yaml")
        }
    }
}

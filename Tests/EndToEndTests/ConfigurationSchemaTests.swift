import Foundation
import PlumblineTestSupport
import Testing

/// The JSON Schemas of plumbline.yaml and of codebooks say what the program says.
@Suite(.enabled(if: Python.isAvailable, "skipped: no Python environment here; run make test"))
struct ConfigurationSchemaTests {
    private static let check = """
        import json, sys, jsonschema, yaml
        class Plain(yaml.SafeLoader):
            pass
        # Dates stay texts, as the program reads them.
        Plain.yaml_implicit_resolvers = {
            key: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:timestamp"]
            for key, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()}
        schema = json.load(open(sys.argv[1]))
        jsonschema.Draft202012Validator.check_schema(schema)
        errors = list(jsonschema.Draft202012Validator(schema).iter_errors(yaml.load(open(sys.argv[2]), Plain)))
        print("\\n".join(error.message for error in errors))
        """

    private static func problems(_ file: URL, _ schema: String) throws -> String {
        let path = Repository.root.appending(path: "Documentation/schema/\(schema).schema.json").path
        let checked = try Python.run(check, [path, file.path])
        #expect(checked.status == 0, "\(checked.errors)")
        return checked.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func whatTheProgramWritesIsValid() throws {
        try withTemporaryFolder { folder in
            #expect(try BuiltProgram.plumb("init", "ws", in: folder).status == 0)
            #expect(
                try BuiltProgram.plumb("demo", "demo", "--networks", "3", "--people", "150", in: folder).status == 0)
            for workspace in ["ws", "demo"] {
                let root = folder.appending(path: workspace)
                #expect(try Self.problems(root.appending(path: "plumbline.yaml"), "plumbline") == "")
                for codebook in try FileManager.default.contentsOfDirectory(
                    at: root.appending(path: "codebooks"), includingPropertiesForKeys: nil)
                {
                    #expect(try Self.problems(codebook, "codebook") == "", "\(codebook.lastPathComponent)")
                }
            }
        }
    }

    @Test(arguments: [
        ("hub: riverbend", "hub: River Bend"), ("time_zone:", "timezone:"), ("minimum: 5", "minimum: 0"),
        ("class: staff_survey, person: respondent", "class: staff_survey"), ("start: 2025-09-01", "start: 1 September"),
        ("{ share: [\"*\"] }", "{ shares: [\"*\"] }"), ("memory: 64MB", "memory: lots"),
        ("period: { column: submitted }", "period: { kind: day }"), ("cpu: 2s", "cpu: fast"),
        ("cpu: 2s", "cpus: 2s"), ("cpu: 2s", "fuel: 0"), ("cpu: 2s", "block: 1"), ("cpu: 2s", "source: 65537"),
        ("cpu: 2s", "result: all"), ("cpu: 2s", "result_keys: 0"), ("cpu: 2s", "result_depth: 33"),
        ("cpu: 2s", "log: 1"), ("cpu: 2s", "log_lines: none"),
        ("privacy:", "plugins: { signatures: none }\nprivacy:"), ("privacy:", "plugins: { keys: a }\nprivacy:"),
        ("privacy:", "plugins: { allowed_signers: \"\" }\nprivacy:"),
        ("privacy:", "measures: { a.b: { phases: [ { start: 2026-01-05 } ] } }\nprivacy:"),
        ("privacy:", "measures: { a.b: { phases: [ { start: January, reason: new } ] } }\nprivacy:"),
        ("privacy:", "measures: { a.b: { phases: [ { start: 2026-01-05, reason: new, groups: {} } ] } }\nprivacy:"),
    ])
    func whatOneRefusesTheOtherRefuses(good: String, bad: String) throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            let file = workspace.folder.appending(path: "plumbline.yaml")
            #expect(try Self.problems(file, "plumbline") == "")
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.contains(good))
            try workspace.write("plumbline.yaml", text.replacing(good, with: bad, maxReplacements: 1))
            #expect(try Self.problems(file, "plumbline") != "", "the schema accepts `\(bad)`")
            #expect(try workspace.plumb("data").status == 3, "the program accepts `\(bad)`")
        }
    }

    /// How files are written: what the program takes the schema takes, and what one refuses the other does.
    @Test(arguments: [
        ("encoding", ["UTF-16", "latin1"], ["ebcdic"]), ("separator", ["\";\"", "tab"], ["comma", "'\"'"]),
        ("skip", ["0", "\"2\""], ["-1", "many"]), ("decimal", ["\",\""], ["\"..\""]),
        ("thousands", ["\"'\"", "\" \""], ["\"-\""]),
        ("dates", ["\"%d %B %y, %I:%M:%S %p %z\""], ["\"%m/%d\"", "\"%Y-%m-%d %Q\""]),
        ("time_zone", ["America/Chicago"], ["[1]"]),
    ])
    func codebooksAgree(key: String, good: [String], bad: [String]) throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            let file = workspace.folder.appending(path: "codebook.yaml")
            for (values, isGood) in [(good, true), (bad, false)] {
                for value in values {
                    try workspace.write("codebook.yaml", "sources: { export: { \(key): \(value) } }\n")
                    #expect((try Self.problems(file, "codebook") == "") == isGood, "the schema, on \(key): \(value)")
                    let finished = try workspace.plumb(
                        "import", "survey", "survey.csv", "--dry-run", "--codebook", "codebook.yaml")
                    #expect((finished.status == 0) == isGood, "the program, on \(key): \(value): \(finished.errors)")
                }
            }
        }
    }
}

import Foundation
import PlumblineTestSupport
import Testing

/// A night with hostile measures, of the hub and of a network, publishes of all others what a night without them does.
struct HostileNightTests {
    /// Of each kind some, put into the function that evaluates a group.
    private static let attacks = [
        "loops/while_true", "sticky/nested_pcall", "sticky/xpcall_handler_loops", "native/rep_bomb",
        "native/sort_lying_length",
        "patterns/nested_quantifiers", "memory/table_without_end", "memory/closures", "recursion/plain",
        "escape/globals_shadowed",
        "escape/library_tables", "output/print_flood", "output/error_terminal", "hashes/colliding_integers",
        "hashes/rehash_churn", "leaks/hash_order",
    ]

    /// Whole values: results and definitions that could break what publishes them.
    private static let values = [
        "return { [\"\\xff\"] = 1, [\"\\xfe\"] = 2 }", "return { [\"\\u{e9}\"] = 1, [\"e\\u{301}\"] = 2 }",
        "return { [\"=cmd|'/c calc'!A0\"] = 1, [\"<script>\"] = 2, [\"\\u{202e}x\"] = 3 }",
        "return (g.trust:mean() - g.trust:mean().value + 1) * 1e308", "return -0.0", "return math.huge",
        "local t = {} for i = 1, 5000 do t['part ' .. i] = i end return t",
    ]

    private static let definitions = [
        "params = { [\"\\u{e9}\"] = { default = 1 }, [\"e\\u{301}\"] = { default = 2 } },",
        "params = { a = { default = 1 } }, presets = { x = { a = 1 }, y = { a = 1 } },",
        "tests = (function() local t = {} t.t = t return t end)(),",
        "title = \"=1+1\\27[2J<b>\", question = \"\\u{202e}\", source = (\"x\"):rep(10000),",
    ]

    private static func hostileFiles() throws -> [String: String] {
        var files: [String: String] = [:]
        let known = Dictionary(uniqueKeysWithValues: try HostileCorpus.attacks().map { ($0.name, $0.body) })
        for (number, name) in attacks.enumerated() {
            let body = try #require(known[name])
            let text = SmallWorkspace.measure(
                "bad.a\(number)", value: "(function()\n\(body)end)() return g.trust:mean()")
            files["a\(number)"] = text
        }
        for (number, value) in values.enumerated() {
            files["v\(number)"] = SmallWorkspace.measure("bad.v\(number)", value: value)
        }
        for (number, more) in definitions.enumerated() {
            files["d\(number)"] = SmallWorkspace.measure("bad.d\(number)", value: "return g.trust:mean()", more: more)
        }
        return files
    }

    /// What is published of measures that are not hostile, for each audience.
    private static func published(_ files: [String: String]) throws -> [String: [String]] {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            let configuration = try String(
                contentsOf: workspace.folder.appending(path: "plumbline.yaml"), encoding: .utf8)
            try workspace.write("plumbline.yaml", configuration.replacing("cpu: 2s", with: "cpu: 200ms"))
            let good = SmallWorkspace.measure("culture.zeal", value: "return g.trust:median()")
            try workspace.write("Measures/zeal.lua", good)
            try workspace.write("networks/west/Measures/zeal.lua", good)
            // Scripts that run long are the hub's or the network's in turn; all others are both's.
            for (number, file) in files.sorted(by: { $0.key < $1.key }).enumerated() {
                let isLong = file.key.hasPrefix("a")
                if !isLong || number % 2 == 0 { try workspace.write("Measures/\(file.key).lua", file.value) }
                if !isLong || number % 2 == 1 {
                    try workspace.write("networks/west/Measures/\(file.key).lua", file.value)
                }
            }
            let night = try workspace.night()
            #expect(
                night.status == (files.isEmpty ? 0 : 1), "\(night.output.prefix(2000)) \(night.errors.prefix(2000))")
            var published: [String: [String]] = [:]
            for audience in ["hub", "east", "west", "public"] {
                let lines = try workspace.published(audience).split(separator: "\n").map(String.init)
                published[audience] = lines.filter { !$0.contains(#""measure":"bad."#) && !$0.contains("west/bad.") }
                let foreign = lines.joined().unicodeScalars.filter { $0.value < 0x20 || $0.value == 0x202e }
                #expect(foreign.isEmpty, "\(audience)")
            }
            return published
        }
    }

    @Test func othersArePublishedAsIfNothingHadBeen() throws {
        let without = try Self.published([:])
        #expect(without["west"]?.isEmpty == false && without["hub"]?.isEmpty == false)
        #expect(try Self.published(Self.hostileFiles()) == without)
    }
}

import PluginPackaging
import Statistics
import Testing

/// The choice of versions.
struct PluginResolverTests {
    @Test func choicesAreThoseOfBruteForce() throws {
        var random = SplitMix64(seed: 6)
        var solved = 0
        for round in 0..<3000 {
            let universe = try ResolverUniverse.random(&random)
            let expected = universe.bestByBruteForce()
            let found = try? universe.resolve()
            #expect(
                found?.mapValues(\.version) == expected?.mapValues(\.version),
                "round \(round): \(universe.requests), \(universe.preferring)")
            if found != nil { solved += 1 }
        }
        #expect((500..<2500).contains(solved), "\(solved)")
    }

    /// A registry by hand: `["a/a 1.0.0": ["b/b": "^1"]]`.
    private static func universe(
        _ releases: [String: [String: String]], asking: [String: String], preferring: [String: String] = [:],
        yanked: [String] = [], revoked: [String] = [], hosts: [String: String] = [:]
    ) throws -> ResolverUniverse {
        var universe = ResolverUniverse()
        for (text, needs) in releases {
            let parts = text.split(separator: " ").map(String.init)
            let name = try PluginName(parts[0])
            universe.releases[name, default: []].append(
                ResolverUniverse.release(
                    name, try SemanticVersion(parts[1]),
                    needs: try needs.map { PluginNeed(try PluginName($0.key), try VersionRange($0.value)) },
                    isYanked: yanked.contains(text), isRevoked: revoked.contains(text),
                    host: try VersionRange(hosts[text] ?? "*")))
        }
        for (name, range) in asking.sorted(by: { $0.key < $1.key }) {
            universe.requests.append(
                PluginResolver.Request(try PluginName(name), try VersionRange(range), by: "plumbline.yaml"))
        }
        for (name, version) in preferring { universe.preferring[try PluginName(name)] = try SemanticVersion(version) }
        return universe
    }

    private static func versions(_ universe: ResolverUniverse) throws -> [String] {
        try universe.resolve().map { "\($0.key) \($0.value.version)" }.sorted()
    }

    private static let two = ["a/a 1.0.0": [:], "a/a 1.1.0": [:]] as [String: [String: String]]

    @Test func newestIsTakenUnlessAnotherIsPreferred() throws {
        #expect(try Self.versions(Self.universe(Self.two, asking: ["a/a": "*"])) == ["a/a 1.1.0"])
        let preferring = try Self.universe(Self.two, asking: ["a/a": "*"], preferring: ["a/a": "1.0.0"])
        #expect(try Self.versions(preferring) == ["a/a 1.0.0"])
    }

    @Test func yankedVersionsAreKeptButNotChosen() throws {
        let yanked = ["a/a 1.1.0"]
        #expect(try Self.versions(Self.universe(Self.two, asking: ["a/a": "*"], yanked: yanked)) == ["a/a 1.0.0"])
        let kept = try Self.universe(Self.two, asking: ["a/a": "*"], preferring: ["a/a": "1.1.0"], yanked: yanked)
        #expect(try Self.versions(kept) == ["a/a 1.1.0"])
        let revoked = try Self.universe(Self.two, asking: ["a/a": "*"], preferring: ["a/a": "1.1.0"], revoked: yanked)
        #expect(try Self.versions(revoked) == ["a/a 1.0.0"])
    }

    private static func message(_ universe: ResolverUniverse, _ code: PluginError.Code = .conflict) -> String {
        let error = #expect(throws: PluginError.self) { try universe.resolve() }
        #expect(error?.code == code)
        return error?.description ?? ""
    }

    @Test func conflictsAreExplained() throws {
        let message = Self.message(
            try Self.universe(
                [
                    "a/a 1.0.0": ["a/c": "^1"], "a/b 1.0.0": ["a/c": "^2"], "a/b 1.1.0": ["a/c": "^2.1"],
                    "a/c 1.0.0": [:], "a/c 2.0.0": [:],
                ], asking: ["a/a": "^1", "a/b": "*"]))
        #expect(
            message == """
                No choice of versions fits. For `a/c` a/a 1.0.0 asks for ^1, and a/b 1.1.0 asks for ^2.1; there is 2.0.0 \
                (not in ^1), 1.0.0 (not in ^2.1). Tried: a/a 1.0.0; a/b 1.1.0, 1.0.0. Ask for other ranges, or ask the \
                authors for versions that fit.
                """)
    }

    @Test func everyReasonIsNamed() throws {
        let message = Self.message(
            try Self.universe(
                ["a/a 1.0.0": [:], "a/a 1.1.0": [:], "a/a 1.2.0": [:], "a/a 1.3.0": [:]], asking: ["a/a": ">=1.1"],
                yanked: ["a/a 1.1.0"], revoked: ["a/a 1.2.0"], hosts: ["a/a 1.3.0": ">=2.0"]))
        #expect(message.contains("1.3.0 (needs Plumbline >=2.0, and this is 1.0.0: update Plumbline)"), "\(message)")
        #expect(message.contains("1.2.0 (revoked: it is wrong)"), "\(message)")
        #expect(message.contains("1.1.0 (yanked: it is wrong)"), "\(message)")
        #expect(message.contains("1.0.0 (not in >=1.1)"), "\(message)")
    }

    @Test func circlesAreRefusedWithTheirPath() throws {
        let message = Self.message(
            try Self.universe(
                ["a/a 1.0.0": ["a/b": "*"], "a/b 1.0.0": ["a/c": "*"], "a/c 1.0.0": ["a/a": "*"]], asking: ["a/a": "*"])
        )
        #expect(message.contains("needs itself in a circle: a/c needs a/a needs a/b needs a/c"), "\(message)")
        let selfish = Self.message(try Self.universe(["a/a 1.0.0": ["a/a": "*"]], asking: ["a/a": "*"]))
        #expect(selfish.contains("a circle: a/a needs a/a"), "\(selfish)")
    }

    @Test func pluginsOfOneWordCannotBeTogether() throws {
        let message = Self.message(
            try Self.universe(["a/x 1.0.0": [:], "b/x 1.0.0": [:]], asking: ["a/x": "*", "b/x": "^1"]))
        #expect(
            message.contains("plumbline.yaml asks for ^1, but `a/x` is there: both would be the folder `Plugins/x`"),
            "\(message)")
    }

    @Test func whatIsNotThereIsNamed() throws {
        let unknown = Self.message(try Self.universe([:], asking: ["a/a": "*"]), .unknownPlugin)
        #expect(unknown.contains("no plugin `a/a`, which plumbline.yaml asks for"), "\(unknown)")
        let needed = Self.message(try Self.universe(["a/a 1.0.0": ["a/b": "^1"]], asking: ["a/a": "*"]))
        #expect(needed.contains("For `a/b` a/a 1.0.0 asks for ^1, but there is no such plugin."), "\(needed)")
        let vanished = Self.message(
            try Self.universe(Self.two, asking: ["a/a": "*"], preferring: ["a/a": "1.0.5"]), .unknownPlugin)
        #expect(vanished.contains("a/a 1.0.5 is in use, but"), "\(vanished)")
        let replaced = try Self.universe(Self.two, asking: ["a/a": "^1.1"], preferring: ["a/a": "1.0.5"])
        #expect(try Self.versions(replaced) == ["a/a 1.1.0"])
    }

    @Test func errorsOfRegistriesArePassedOn() throws {
        let resolver = PluginResolver(host: SemanticVersion(1, 0, 0)) { name throws(PluginError) in
            throw PluginError(.unreachable, "No answer for \(name).")
        }
        let request = PluginResolver.Request(try PluginName("a/a"), .any, by: "the test")
        #expect(throws: PluginError(.unreachable, "No answer for a/a.")) { try resolver.resolve([request]) }
    }

    /// Ten plugins of ten versions each, and one behind them that fits none: found out without trying all.
    @Test func unrelatedChoicesAreNotTriedAgain() throws {
        var releases: [String: [String: String]] = ["z/z 1.0.0": ["z/y": "^2"], "z/y 1.0.0": [:]]
        for plugin in "abcdefghij" {
            for minor in 0..<10 { releases["a/\(plugin) 1.\(minor).0"] = [:] }
        }
        let names = Set(releases.keys.map { String($0.prefix { $0 != " " }) })
        let asking = Dictionary(names.map { ($0, "*") }) { first, _ in first }
        let message = Self.message(try Self.universe(releases, asking: asking))
        #expect(message.contains("For `z/z`"), "\(message)")
    }

    /// More pigeons than holes, which no search of this kind sees without trying all: a pigeon's version is its hole, and
    /// a hole's version is its pigeon.
    @Test func contradictionsWithoutEndAreGivenUp() throws {
        var releases: [String: [String: String]] = [:]
        var asking: [String: String] = [:]
        for pigeon in 0..<12 {
            asking["p/p\(pigeon)"] = "*"
            for hole in 0..<11 {
                releases["p/p\(pigeon) \(hole).0.0"] = ["h/h\(hole)": "\(pigeon).0.0"]
                releases["h/h\(hole) \(pigeon).0.0"] = [:]
            }
        }
        let message = Self.message(try Self.universe(releases, asking: asking))
        #expect(message.contains("given up after"), "\(message)")
    }
}

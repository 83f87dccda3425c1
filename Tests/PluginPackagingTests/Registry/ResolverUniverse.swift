import Foundation
import PluginPackaging
import PlumblineTestSupport
import Statistics

/// A small registry, what is asked of it, and every answer that is right.
struct ResolverUniverse {
    typealias Choice = [PluginName: PluginIndex.Release]

    var host = SemanticVersion(1, 0, 0)
    var releases: [PluginName: [PluginIndex.Release]] = [:]
    var requests: [PluginResolver.Request] = []
    var preferring: [PluginName: SemanticVersion] = [:]

    func resolve() throws(PluginError) -> Choice {
        try PluginResolver(host: host, preferring: preferring, releases: { releases[$0] ?? [] }).resolve(requests)
    }

    // MARK: Making

    static func random(_ random: inout SplitMix64) throws -> ResolverUniverse {
        let names = try (["a/a", "a/b", "a/c"] + [random.chance(30) ? "b/b" : "b/d"]).map { text in try PluginName(text)
        }
        let versions = ["1.0.0", "1.1.0", "2.0.0", "2.1.0-rc.1"]
        let ranges = ["*", "^1", "^2", "1.0.0", ">=1.1", "<2", "^2.1.0-rc.0"]
        var universe = ResolverUniverse()
        for name in names {
            for version in versions where random.chance(65) {
                var needs: [PluginNeed] = []
                for other in names where random.chance(22) {
                    needs.append(PluginNeed(other, try VersionRange(random.pick(ranges))))
                }
                universe.releases[name, default: []].append(
                    release(
                        name, try SemanticVersion(version), needs: needs, isYanked: random.chance(10),
                        isRevoked: random.chance(10), host: try VersionRange(random.chance(10) ? "^2" : "*")))
            }
            if let ordered = universe.releases[name] { universe.releases[name] = random.shuffled(ordered) }
            if random.chance(30), let release = universe.releases[name]?.first {
                universe.preferring[name] = release.version
            }
        }
        for name in names where random.chance(45) {
            universe.requests.append(
                PluginResolver.Request(name, try VersionRange(random.pick(ranges)), by: "the test"))
        }
        return universe
    }

    static func release(
        _ name: PluginName, _ version: SemanticVersion, needs: [PluginNeed] = [], isYanked: Bool = false,
        isRevoked: Bool = false, host: VersionRange = .any
    ) -> PluginIndex.Release {
        func withdrawal(_ kind: Withdrawal.Kind) -> Withdrawal {
            Withdrawal(
                kind, of: name, version, archiveDigest: "", reason: "it is wrong", at: Date(timeIntervalSince1970: 0))
        }
        return PluginIndex.Release(
            version: version, archiveDigest: "", size: 1, host: host, needs: needs,
            published: Date(timeIntervalSince1970: 0),
            withdrawals: (isYanked ? [withdrawal(.yank)] : []) + (isRevoked ? [withdrawal(.revoke)] : []))
    }

    // MARK: Every answer

    /// The right answer, found by looking at every one: of all that hold, the best by the order of names in which plugins
    /// are decided.
    func bestByBruteForce() -> Choice? {
        var candidates = allChoices().filter(holds)
        var decided: Choice = [:]
        while !candidates.isEmpty {
            let known = requests.map(\.name) + decided.values.flatMap { $0.needs.map(\.name) }
            guard let name = known.filter({ decided[$0] == nil }).min() else { return decided }
            let best = candidates.compactMap { $0[name] }.max { rank(name, $0.version) < rank(name, $1.version) }
            candidates = candidates.filter { $0[name]?.version == best?.version }
            decided[name] = best
        }
        return nil
    }

    private func rank(_ name: PluginName, _ version: SemanticVersion) -> (Int, SemanticVersion) {
        (preferring[name] == version ? 1 : 0, version)
    }

    private func allChoices() -> [Choice] {
        releases.reduce([[:]]) { choices, entry in
            choices.flatMap { choice in
                [choice]
                    + entry.value.filter { isUsable(entry.key, $0) }.map { release in
                        choice.merging([entry.key: release]) { $1 }
                    }
            }
        }
    }

    private func isUsable(_ name: PluginName, _ release: PluginIndex.Release) -> Bool {
        !release.isRevoked && release.host.contains(host)
            && (!release.isYanked || preferring[name] == release.version)
    }

    func holds(_ choice: Choice) -> Bool {
        let wanted = requests.map { PluginNeed($0.name, $0.range) } + choice.values.flatMap(\.needs)
        guard wanted.allSatisfy({ need in choice[need.name].map { need.range.contains($0.version) } ?? false }),
            Set(choice.keys.map(\.word)).count == choice.count
        else { return false }
        var reached: Set<PluginName> = []
        return requests.allSatisfy { reach($0.name, choice, path: [], &reached) } && reached.count == choice.count
    }

    /// False where needs go in a circle.
    private func reach(
        _ name: PluginName, _ choice: Choice, path: Set<PluginName>, _ reached: inout Set<PluginName>
    ) -> Bool {
        guard !path.contains(name) else { return false }
        reached.insert(name)
        for need in choice[name]?.needs ?? [] {
            guard reach(need.name, choice, path: path.union([name]), &reached) else { return false }
        }
        return true
    }
}

/// The search behind ``PluginResolver``: plugin by plugin, the best version first, and where none is left, straight back to
/// the last choice that had a part in it.
struct ResolverSearch {
    private let resolver: PluginResolver
    private let requests: [PluginResolver.Request]
    private var versions: [PluginName: [PluginIndex.Release]] = [:]
    private var chosen: [PluginName: PluginIndex.Release] = [:]
    private var explanation = ResolverExplanation()
    private var looks = 0

    /// What a registry full of contradictions may cost.
    private static let mostLooks = 100_000
    private static let mostPlugins = 256

    init(_ resolver: PluginResolver, _ requests: [PluginResolver.Request]) {
        self.resolver = resolver
        self.requests = requests
    }

    mutating func run() throws(PluginError) -> [PluginName: PluginIndex.Release] {
        for request in requests where try versions(of: request.name).isEmpty {
            throw PluginError(
                .unknownPlugin,
                "There is no plugin `\(request.name)`, which \(request.by) asks for: see what it is called.")
        }
        guard try decide() == nil else { throw explanation.error }
        return chosen
    }

    /// Decides all that is open. Nil when done, else the plugins whose chosen versions together leave nothing.
    private mutating func decide() throws(PluginError) -> Set<PluginName>? {
        guard let name = nextOpen() else { return nil }
        let asks = asks(for: name)
        var culprits = Set(asks.compactMap(\.plugin))
        var deadEnd = ResolverExplanation.DeadEnd(name: name, asks: asks.map(\.text))
        if let namesake = chosen.keys.first(where: { $0.word == name.word }) {
            deadEnd.namesake = namesake
            explanation.add(deadEnd)
            return culprits.union([namesake])
        }
        for release in try candidates(name, asks) {
            try count()
            if let refusal = refusal(release, of: name, asks) {
                deadEnd.refusals.append((release.version, refusal.reason))
                culprits.formUnion(refusal.culprits)
                continue
            }
            chosen[name] = release
            guard let conflict = try decide() else { return nil }
            chosen[name] = nil
            guard conflict.contains(name) else { return conflict }
            deadEnd.tried.append(release.version)
            culprits.formUnion(conflict)
        }
        explanation.add(deadEnd)
        culprits.remove(name)
        return culprits
    }

    private mutating func count() throws(PluginError) {
        looks += 1
        guard looks <= Self.mostLooks, chosen.count < Self.mostPlugins else {
            throw explanation.surrender(afterLooks: looks, at: chosen.count + 1)
        }
    }

    // MARK: What is asked

    private struct Ask {
        /// Who asks, where it is a plugin that was chosen.
        var plugin: PluginName?
        var range: VersionRange
        var text: String
    }

    private func nextOpen() -> PluginName? {
        let names = requests.map(\.name) + chosen.values.flatMap { $0.needs.map(\.name) }
        return names.filter { chosen[$0] == nil }.min()
    }

    private func asks(for name: PluginName) -> [Ask] {
        var asks = requests.filter { $0.name == name }
            .map { Ask(plugin: nil, range: $0.range, text: "\($0.by) asks for \($0.range)") }
        for (asker, release) in chosen.sorted(by: { $0.key < $1.key }) {
            for need in release.needs where need.name == name {
                asks.append(
                    Ask(plugin: asker, range: need.range, text: "\(asker) \(release.version) asks for \(need.range)"))
            }
        }
        return asks
    }

    // MARK: What there is

    private mutating func versions(of name: PluginName) throws(PluginError) -> [PluginIndex.Release] {
        if let known = versions[name] { return known }
        let found = try resolver.releases(name).sorted { $0.version > $1.version }
        versions[name] = found
        return found
    }

    /// The best first: what is preferred, then the newest.
    private mutating func candidates(_ name: PluginName, _ asks: [Ask]) throws(PluginError) -> [PluginIndex.Release] {
        var candidates = try versions(of: name)
        guard let preferred = resolver.preferring[name] else { return candidates }
        if let at = candidates.firstIndex(where: { $0.version == preferred }) {
            candidates.insert(candidates.remove(at: at), at: 0)
        } else if asks.allSatisfy({ $0.range.contains(preferred) }) {
            throw PluginError(
                .unknownPlugin,
                "\(name) \(preferred) is in use, but where it came from there is no such version any more. Ask there why, "
                    + "or choose another version with `plumb plugin update \(name)`.")
        }
        return candidates
    }

    /// Why a version cannot be chosen now, and which choices are to blame; nil where it can.
    private func refusal(
        _ release: PluginIndex.Release, of name: PluginName, _ asks: [Ask]
    ) -> (reason: String, culprits: Set<PluginName>)? {
        if let revocation = release.revocation { return ("revoked: \(revocation.reason)", []) }
        if let ask = asks.first(where: { !$0.range.contains(release.version) }) { return ("not in \(ask.range)", []) }
        if let yank = release.yank, resolver.preferring[name] != release.version {
            return ("yanked: \(yank.reason)", [])
        }
        guard release.host.contains(resolver.host) else {
            return ("needs Plumbline \(release.host), and this is \(resolver.host): update Plumbline", [])
        }
        for need in release.needs {
            if let other = chosen[need.name], !need.range.contains(other.version) {
                let others = self.asks(for: need.name).map { ", where \($0.text)" }.joined()
                return ("needs \(need.name) \(need.range), and \(other.version) is chosen\(others)", [need.name])
            }
            if let way = way(from: need.name, to: name) {
                let circle = [name] + way
                return (
                    "needs itself in a circle: \(circle.map(\.description).joined(separator: " needs "))", Set(way)
                )
            }
        }
        return nil
    }

    /// The way from one plugin to another by what the chosen versions need, both ends included.
    private func way(from start: PluginName, to end: PluginName) -> [PluginName]? {
        var ways = [[start]]
        var seen: Set = [start]
        while let way = ways.popLast(), let last = way.last {
            if last == end { return way }
            for need in chosen[last]?.needs ?? [] where seen.insert(need.name).inserted {
                ways.append(way + [need.name])
            }
        }
        return nil
    }
}

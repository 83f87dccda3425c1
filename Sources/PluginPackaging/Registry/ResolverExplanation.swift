/// Says why no choice of versions fits.
struct ResolverExplanation {
    /// A plugin for which no version was left.
    struct DeadEnd {
        var name: PluginName
        /// Who asks for which versions, as clauses.
        var asks: [String]
        /// The plugin of the same last word that is in the way.
        var namesake: PluginName?
        /// The versions that could not be chosen, and why.
        var refusals: [(version: SemanticVersion, reason: String)] = []
        /// The versions with which no choice was left for the rest.
        var tried: [SemanticVersion] = []
    }

    private static let mostDeadEnds = 3
    private static let mostVersions = 8

    private var deadEnds: [DeadEnd] = []
    private var tried: [PluginName: [SemanticVersion]] = [:]

    /// The first dead end of a plugin is kept: it comes from the best choices for the others.
    mutating func add(_ deadEnd: DeadEnd) {
        if tried[deadEnd.name] == nil { tried[deadEnd.name] = deadEnd.tried }
        // Where a version was tried, another plugin's dead end says what is wrong with it.
        guard deadEnd.tried.isEmpty, deadEnds.count < Self.mostDeadEnds else { return }
        if !deadEnds.contains(where: { $0.name == deadEnd.name }) { deadEnds.append(deadEnd) }
    }

    /// Nothing fits, whatever is chosen.
    var error: PluginError {
        let attempts = tried.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
            .map { "\($0.key) \(Self.list($0.value.map(\.description)))" }
        let attempted = attempts.isEmpty ? "" : " Tried: \(attempts.joined(separator: "; "))."
        return PluginError(
            .conflict,
            "No choice of versions fits.\(reasons)\(attempted) Ask for other ranges, or ask the authors for versions that fit."
        )
    }

    /// The search takes too long.
    func surrender(afterLooks looks: Int, at plugins: Int) -> PluginError {
        PluginError(
            .conflict,
            "The search for versions that fit was given up after \(Shown.count(looks)) looks at \(plugins) plugins.\(reasons) "
                + "Ask for narrower ranges, such as `^1.2`.")
    }

    private var reasons: String { deadEnds.map { " " + Self.text($0) }.joined() }

    private static func text(_ deadEnd: DeadEnd) -> String {
        let asks = "For `\(deadEnd.name)` \(deadEnd.asks.joined(separator: ", and "))"
        if let namesake = deadEnd.namesake {
            return "\(asks), but `\(namesake)` is there: both would be the folder `Plugins/\(namesake.word)`."
        }
        guard !deadEnd.refusals.isEmpty else { return "\(asks), but there is no such plugin." }
        return "\(asks); there is \(list(deadEnd.refusals.map { "\($0.version) (\($0.reason))" }))."
    }

    private static func list(_ items: [String]) -> String {
        let rest = items.count - mostVersions
        return items.prefix(mostVersions).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }
}

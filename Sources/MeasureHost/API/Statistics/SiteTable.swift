import LuaSandbox
import MeasureModel
import Statistics

/// A table of estimates by the names of sites. A script that is given it is shown those names, as `each` shows the values
/// of a column.
struct SiteTable {
    private let sites: SiteCodes
    /// As the script wrote it.
    private let request: String
    /// The least number of rows that a site needs to be in the table.
    private let least: Int

    /// - Parameter options: `least` among them.
    init(
        _ host: Evaluation, _ sites: SiteCodes, _ options: LuaTable, _ verb: String
    ) throws(LuaHostError) {
        guard let name = sites.column.name else {
            throw .message("\(verb) names its sites: it needs a column of the data, not a computed one")
        }
        request = "\(verb)(\"\(name)\")"
        if host.namesPersons(sites.column) { try host.requireRowAccess(request, of: sites.column.group) }
        guard let least = options["least"] == nil ? 1 : options["least"]?.asNumber.flatMap({ Int(exactly: $0) }),
            least > 0
        else { throw .message("\(verb): `least` is how many rows a site needs to be in the table, at least 1") }
        self.sites = sites
        self.least = least
    }

    /// The table of the sites that have rows in which all of these columns have a value. Each site's estimate rests on
    /// the persons of that site.
    ///
    /// - Parameter shared: the yes and no of which the estimates are shares, where they are.
    func give(
        _ host: Evaluation, from columns: [ColumnView], sharesOf shared: ColumnView? = nil,
        _ compute: (Int) throws(Undefined) -> Computed
    ) throws(LuaHostError) -> LuaValue {
        let group = columns.dropFirst().reduce(columns[0].group) { $0.resting(on: $1.group) }
        // A table by persons is one of single rows of all that it is made from.
        if host.namesPersons(sites.column) { try host.requireRowAccess(request, of: group) }
        let (order, starts) = sites.rowsBySite()
        var entries: [(String, LuaValue)] = []
        var fewest: Int?
        for site in 0..<sites.count {
            if site % 256 == 0 { try host.stopIfOver() }
            let rows = order[starts[site]..<starts[site + 1]].filter { row in
                columns.allSatisfy { !$0.data.isMissing(row) }
            }
            guard rows.count >= least else { continue }
            let places = rows.map { Int32($0) }
            let part = group.subset(places)
            try host.touch(part)
            fewest = min(fewest ?? .max, try host.persons(part))
            let truths = shared.map { ColumnView(group: part, data: $0.data.gathered(places), ownsMemory: true) }
            let estimate = try host.give(from: part, column: truths) { () throws(Undefined) in try compute(site) }
            entries.append((host.shown(sites.name(site), of: sites.column), estimate))
        }
        host.showed(entries.map(\.0), ofDimension: sites.column.isDimension, fewestPersons: fewest)
        return .table(LuaTable(record: entries))
    }
}

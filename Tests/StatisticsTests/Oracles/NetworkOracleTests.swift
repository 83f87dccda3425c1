import PlumblineTestSupport
import Statistics
import Testing

@Suite("Networks as R's igraph and sna compute them")
struct NetworkOracleTests {
    @Test("karate", .enabled(if: Oracle.isPresent("network-karate"), Oracle.absenceComment))
    func karate() throws { try check("network-karate") }

    @Test("florentine", .enabled(if: Oracle.isPresent("network-florentine"), Oracle.absenceComment))
    func florentine() throws { try check("network-florentine") }

    @Test("lawyers", .enabled(if: Oracle.isPresent("network-lawyers"), Oracle.absenceComment))
    func lawyers() throws { try check("network-lawyers") }

    @Test("faculty", .enabled(if: Oracle.isPresent("network-faculty"), Oracle.absenceComment))
    func faculty() throws { try check("network-faculty") }

    private func check(_ name: String) throws {
        let oracle = try Oracle(name)
        let files = try NetworkFiles(oracle, try #require(oracle.quantities.first))
        try oracle.expectEvery { quantity in
            // Most measures of a directed network can be asked for without its directions.
            let graph = quantity.text("on")?.hasPrefix("undirected") == true ? files.graph.undirected : files.graph
            return try number(quantity, graph) ?? byNode(quantity, graph, files)
                ?? table(quantity, graph, files) ?? byGroup(quantity, graph, files)
        }
    }

    private func number(_ quantity: Oracle.Quantity, _ graph: Graph) -> OracleAnswer? {
        let selfTies: Graph.SelfTies = quantity.text("denominator")?.contains("loops") == true ? .possible : .excluded
        switch quantity.name {
        case "n_nodes": return .number(Double(graph.nodeCount))
        case "n_ties": return .number(Double(graph.tieCount))
        case "density": return .number(graph.density)
        case "reciprocity": return .number(reciprocity(quantity, graph.dyadCensus))
        case "transitivity":
            let isDirected = quantity.text("definition")?.hasPrefix("directed") == true
            return .number(isDirected ? graph.directedTransitivity : graph.transitivity)
        case "clustering_local_mean":
            let asZero = quantity.text("definition")?.contains("networkx") == true
            return .number(graph.meanLocalClustering(asZero ? .zero : .leftOut))
        case "centralization_degree", "centralization_out_degree":
            return .number(graph.degreeCentralization(selfTies: selfTies))
        case "centralization_in_degree": return .number(graph.degreeCentralization(.incoming, selfTies: selfTies))
        case "centralization_betweenness": return .number(graph.betweennessCentralization)
        case "mean_geodesic_distance": return .number(graph.geodesics().meanDistance)
        case "diameter": return .number(graph.geodesics().diameter.map(Double.init))
        case "share_of_pairs_reachable": return .number(graph.geodesics().reachableShare)
        case "global_efficiency": return .number(graph.geodesics().globalEfficiency)
        case "degree_assortativity": return .number(graph.degreeAssortativity)
        case "krackhardt_connectedness": return .number(graph.krackhardtHierarchy().connectedness)
        case "krackhardt_hierarchy": return .number(graph.krackhardtHierarchy().hierarchy)
        case "krackhardt_efficiency": return .number(graph.krackhardtHierarchy().efficiency)
        case "krackhardt_lubness": return .number(graph.krackhardtHierarchy().upperBoundedness)
        default: return nil
        }
    }

    private func reciprocity(_ quantity: Oracle.Quantity, _ census: DyadCensus) -> Double? {
        let definition = quantity.text("definition") ?? ""
        if definition.contains("2M/(2M+A)") { return census.returnedTieShare }
        return definition.contains("(M+N)") ? census.symmetricPairShare : census.mutualPairShare
    }

    private func byNode(_ quantity: Oracle.Quantity, _ graph: Graph, _ files: NetworkFiles) throws -> OracleAnswer? {
        let direction = quantity.text("mode").flatMap(TieDirection.init) ?? .outgoing
        let values: [Double?]
        switch quantity.name {
        case "degree", "out_degree": values = graph.degrees().map(Double.init)
        case "in_degree": values = graph.degrees(.incoming).map(Double.init)
        case "strength": values = graph.strengths(direction)
        case "clustering_local": values = graph.localClustering
        case "betweenness": values = try #require(graph.betweenness)
        case "betweenness_normalized": values = try #require(graph.normalizedBetweenness)
        case "closeness":
            let isScaled = quantity.text("definition")?.hasPrefix("Wasserman") == true
            values = graph.geodesics(direction).closeness(isScaled ? .wassermanFaust : .reachable)
        case "harmonic_centrality": values = graph.geodesics(direction).harmonicCentrality
        case "eigenvector_centrality":
            let scale = try #require(quantity.text("scale").flatMap(Graph.EigenvectorScale.init))
            values = try #require(graph.eigenvectorCentrality(scale))
        case "page_rank": values = try #require(graph.pageRank(damping: quantity.number("damping") ?? 0.85))
        case "k_core": values = graph.coreNumbers.map(Double.init)
        case "burt_constraint": values = graph.constraint
        case "burt_effective_size": values = graph.effectiveSizes
        default: return nil
        }
        return .numbers(files.names, values)
    }

    private func table(_ quantity: Oracle.Quantity, _ graph: Graph, _ files: NetworkFiles) throws -> OracleAnswer? {
        switch quantity.name {
        case "isolates": return .list(graph.isolates.map { .text(files.names[$0]) })
        case "weak_component_sizes": return .numbers(graph.weakComponents.sizesDescending.map(Double.init))
        case "strong_component_sizes": return .numbers(graph.strongComponents.sizesDescending.map(Double.init))
        case "dyad_census":
            let census = graph.dyadCensus
            return .numbers(
                ["mutual", "asymmetric", "null"],
                [census.mutual, census.asymmetric, census.null].map(Double.init))
        case "triad_census":
            let census = graph.triadCensus
            let kinds = TriadKind.allCases
            return .numbers(kinds.map(\.rawValue), kinds.map { census[$0].map(Double.init) })
        case "assortativity_numeric":
            let numbers = try files.numbers(try #require(quantity.text("attribute")))
            return .number(graph.assortativity(of: numbers.span))
        default: return nil
        }
    }

    private func byGroup(_ quantity: Oracle.Quantity, _ graph: Graph, _ files: NetworkFiles) throws -> OracleAnswer? {
        guard let attribute = quantity.text("attribute") else { return nil }
        let (groups, names) = try files.groups(attribute)
        let mixing = graph.mixing(groups, byWeight: quantity.text("weight") != nil)
        switch quantity.name {
        case "within_ties": return .number(mixing.within)
        case "cross_ties": return .number(mixing.across)
        case "cross_tie_share": return .number(mixing.acrossShare)
        case "ei_index": return .number(mixing.eiIndex)
        case "ei_index_node": return .numbers(files.names, graph.nodeEIIndices(groups))
        case "ei_index_group": return .numbers(names, mixing.groupEIIndices)
        case "mixing_matrix":
            let rows = names.indices.map { row in OracleAnswer.numbers(names, names.indices.map { mixing[row, $0] }) }
            return .named(Dictionary(uniqueKeysWithValues: zip(names, rows)))
        case "within_density": return .numbers(names, mixing.withinDensities)
        case "ei_expected_at_equal_density": return .number(groups.eiIndexAtEqualDensity)
        case "assortativity_nominal": return .number(mixing.assortativity)
        case "modularity": return .number(mixing.modularity)
        case "gould_fernandez":
            let role = try #require(quantity.text("role"))
            let brokerage = graph.brokerage(groups)
            let counts = roles[role].map { brokerage[$0] } ?? brokerage.totals
            return .numbers(files.names, counts.map(Double.init))
        case "gould_fernandez_total":
            let brokerage = graph.brokerage(groups)
            let sums = roles.mapValues { brokerage[$0].reduce(0, +) }
            let all = sums.merging(["total": brokerage.totals.reduce(0, +)]) { $1 }
            return .named(all.mapValues { .number(Double($0)) })
        default: return nil
        }
    }

    private let roles: [String: BrokerageRole] = [
        "w_I coordinator": .coordinator, "w_O itinerant broker": .itinerant, "b_IO representative": .representative,
        "b_OI gatekeeper": .gatekeeper, "b_O liaison": .liaison,
    ]
}

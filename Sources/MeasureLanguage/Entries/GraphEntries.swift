import LuaSyntax

extension MeasureLanguage {
    /// Who is connected with whom.
    static let graphs: [LanguageEntry] = graphMaking + wholeGraphs + graphNodes + graphGroups + graphNonresponse

    /// How a network begins: its ties are the rows of a group.
    private static let graphMaking: [LanguageEntry] = [
        .verb(
            .group, "graph",
            options: [
                .option("from", "string|plumbline.Column", "the column of those who send a tie", standard: "`from`"),
                .option("to", "string|plumbline.Column", "the column of those who receive it", standard: "`to`"),
                .option(
                    "directed", "boolean",
                    "whether the two ends play different parts; false makes a and b the same tie as b and a",
                    standard: "true"),
                .option("weight", "string|plumbline.Column", "a column of weights", standard: "every row weighs 1"),
                .option(
                    "nodes", "plumbline.Group",
                    "a group with a row for each node, for instance `g.with.roster`; of several rows of one id the "
                        + "first counts, and ties with anybody else are left out",
                    standard: "the nodes are the ends of ties, in the order of their ids, with `id` as only column"),
                .option(
                    "id", "string|plumbline.Column", "the column of `nodes` that names them",
                    standard: "the column that tells persons apart there, or `id`"),
            ],
            result: .value(.graph),
            gives:
                "the network whose ties are the group's rows. A row without one of its ends, or with a weight that is "
                + "missing, infinite, negative or 0, is no tie; a tie of a node with itself is left out; rows of the same "
                + "two ends are one tie with the sum of their weights. What the verbs of a graph give rests on no more "
                + "persons than are behind the rows that became ties",
            example: .example("g:graph{ from = \"team\", to = \"role\" }:size()", "4")),
        .field(
            .graph, "nodes", .group,
            gives: "the nodes as a group: what is computed for each node is a column over it",
            example: .example("g:graph{ from = \"team\", to = \"role\" }.nodes.id:distinct()", "4")),
        .verb(
            .graph, "undirected", result: .value(.graph),
            gives: "the same network without directions: two nodes are tied if there is a tie either way",
            example: .example("g:graph{ from = \"team\", to = \"role\" }:undirected():density()", "0.6667")),
    ]

    /// What is asked of the whole.
    private static let wholeGraphs: [LanguageEntry] = [
        .verb(
            .graph, "size", result: .value(.estimate), gives: "the number of nodes, isolates included",
            example: .example("g:graph{ from = \"team\", to = \"role\" }:size()", "4")),
        .verb(
            .graph, "ties",
            details: [
                .detail("weight", "number", "the weights of all ties, summed"),
                .detail("rows", "number", "the rows there were"),
                .detail("repeated", "number", "the rows that repeated a tie"),
                .detail("self_ties", "number", "the rows left out because they tie a node to itself"),
                .detail("unknown_ends", "number", "the rows left out because an end is missing or no node"),
                .detail(
                    "unusable_weights", "number",
                    "the rows left out because their weight is missing, infinite, negative or 0"),
            ], result: .value(.estimate), gives: "the number of ties, each once",
            example: .example("g:graph{ from = \"team\", to = \"role\" }:ties().repeated", "2")),
        .verb(
            .graph, "density", details: [.detail("possible", "number", "the ties that there could be")],
            result: .value(.estimate), gives: "the share of possible ties that exist; n is the nodes",
            formula: .formula("ties / n(n − 1); without directions ties / (n(n − 1) / 2)"),
            example: .example("g:graph{ from = \"team\", to = \"role\" }:density()", "0.3333")),
        .verb(
            .graph, "dyads",
            details: [
                .detail("mutual", "number", "pairs tied both ways; without directions, all tied pairs"),
                .detail("asymmetric", "number", "pairs tied one way"),
                .detail("null", "number", "pairs not tied"),
            ], result: .value(.estimate), gives: "the number of pairs of nodes, and how they are tied",
            formula: .formula("the dyad census", "Holland and Leinhardt 1970"),
            example: .example("g:graph{ from = \"team\", to = \"role\" }:dyads().null", "2")),
        .verb(
            .graph, "reciprocity",
            options: [
                .option(
                    "of", "\"ties\"|\"tied_pairs\"|\"all_pairs\"",
                    "`\"ties\"`: the share of ties that are returned, as igraph has it; `\"tied_pairs\"`: of tied pairs "
                        + "those tied both ways; `\"all_pairs\"`: of all pairs those tied both ways or not at all, as "
                        + "R's sna has it",
                    standard: "`\"ties\"`")
            ],
            result: .value(.estimate),
            gives: "how often ties are returned; n is what it is a share of, nodes for all pairs",
            formula: .formula("2M / (2M + A); M / (M + A); (M + N) / (M + A + N)", "Holland and Leinhardt 1970"),
            example: .example("g:graph{ from = \"team\", to = \"role\" }:reciprocity()", "0")),
        .verb(
            .graph, "triads",
            details: [
                .detail(
                    "counts", "table<string, number>",
                    "how many sets are of each of the 16 kinds, as in `e.counts[\"030T\"]`")
            ], result: .value(.estimate), gives: "the number of sets of three nodes, and how they are tied",
            formula: .formula("the triad census", "Davis and Leinhardt 1972; Batagelj and Mrvar 2001"),
            example: .example("g:graph{ from = \"team\", to = \"role\" }:triads().counts[\"021D\"]", "2")),
        .verb(
            .graph, "transitivity",
            options: [
                .option(
                    "method", "\"undirected\"|\"directed\"",
                    "`\"undirected\"`: 3 triangles / connected triples on the ties without direction; `\"directed\"`: of "
                        + "the paths i → j → k those with i → k",
                    standard: "`\"undirected\"`")
            ],
            result: .value(.estimate), gives: "how often two contacts of one node are tied",
            formula: .formula("3 triangles / triples", "Newman 2003; directed: Wasserman and Faust 1994, 6.4"),
            example: .example("g:graph{ from = \"team\", to = \"role\" }:transitivity()", "0")),
        .verb(
            .graph, "centralization",
            options: [
                .option(
                    "of", "\"degree\"|\"in_degree\"|\"out_degree\"|\"betweenness\"|\"closeness\"",
                    "which centrality; a directed graph has no `\"degree\"`, an undirected one that is connected "
                        + "`\"closeness\"`",
                    standard: "`\"degree\"`"),
                .option(
                    "self_ties", "boolean",
                    "whether the most central graph thought of may have ties of nodes with themselves, as igraph has it",
                    standard: "false"),
            ],
            result: .value(.estimate), gives: "how far the most central node stands out, from 0 to 1",
            formula: .formula(
                "Σ(largest − each) / its largest possible value: for degrees (n − 1)(n − 2), with directions (n − 1)², "
                    + "with self ties n(n − 1)",
                "Freeman 1979"),
            example: .example(
                "g:graph{ from = \"team\", to = \"role\" }:centralization{ of = \"in_degree\" }", "0.4444")),
        .verb(
            .graph, "geodesics", details: [.detail("diameter", "number", "the longest of all shortest paths")],
            result: .value(.estimate),
            gives: "the mean length of the shortest paths between nodes that have one, each way counted",
            formula: .formula("Σ distances / pairs with a path"),
            example: .example("g:graph{ from = \"team\", to = \"role\" }:geodesics().diameter", "1")),
        .verb(
            .graph, "reachability", result: .value(.estimate),
            gives: "the share of pairs with a path from the first to the second, each way counted",
            example: .example("g:graph{ from = \"team\", to = \"role\" }:reachability()", "0.3333")),
        .verb(
            .graph, "efficiency", result: .value(.estimate),
            gives: "the mean of 1 / distance over all pairs, 0 for those without a path",
            formula: .formula("Σ(1 / distance) / n(n − 1)", "Latora and Marchiori 2001"),
            example: .example("g:graph{ from = \"team\", to = \"role\" }:efficiency()", "0.3333")),
        .verb(
            .graph, "components",
            options: [
                .option(
                    "strong", "boolean", "whether nodes of one part must reach each other along the ties' directions",
                    standard: "false")
            ],
            details: [
                .detail("sizes", "number[]", "how many nodes the parts have, largest first"),
                .detail("largest_share", "number", "the share of nodes in the largest part"),
            ], result: .value(.estimate), gives: "the number of parts that the network falls into",
            example: .example("g:graph{ from = \"team\", to = \"role\" }:components()", "1")),
        .verb(
            .graph, "krackhardt",
            options: [
                .option(
                    "of", "\"hierarchy\"|\"connectedness\"|\"efficiency\"|\"upper_boundedness\"", "the dimension",
                    standard: "`\"hierarchy\"`"),
                .option(
                    "bound", "\"highest\"|\"least\"",
                    "which common superior two nodes must have: one above all others that they have, as R's sna counts, "
                        + "or one below them all, as Krackhardt describes",
                    standard: "`\"highest\"`"),
            ],
            result: .value(.estimate),
            gives: "how far the network is from a formal hierarchy, in one of four respects; for at most 5,000 nodes",
            formula: .formula("graph theoretical dimensions of informal organizations", "Krackhardt 1994"),
            example: .example("g:graph{ from = \"team\", to = \"role\" }:krackhardt()", "1")),
        .verb(
            .graph, "degree_assortativity", result: .value(.estimate),
            gives: "whether the well connected are tied to each other: the correlation of degrees across ties, on the "
                + "ties without direction; n is the ties",
            formula: .formula("the correlation of the degrees at both ends", "Newman 2002"),
            example: .example(
                "g:graph{ from = \"respondent\", to = \"role\" }:degree_assortativity()", "-0.7538")),
    ]

    /// What is asked of each node. The column verbs go on from there.
    private static let graphNodes: [LanguageEntry] = [
        .verb(
            .graph, "degree",
            options: [
                .option(
                    "direction", "\"all\"|\"out\"|\"in\"",
                    "`\"out\"`: ties sent; `\"in\"`: ties received; `\"all\"`: both, so that a tie that is returned counts "
                        + "twice",
                    standard: "`\"all\"`"),
                .option("weighted", "boolean", "whether weights are summed instead of ties", standard: "false"),
            ],
            result: .value(.column), gives: "a column over the nodes: how many ties each has",
            example: .example(
                "g:graph{ from = \"team\", to = \"role\" }:degree{ direction = \"in\", weighted = true }:max()", "4")),
        .verb(
            .graph, "isolated", result: .value(.mask),
            gives: "a mask over the nodes: whether each has no tie at all, sent or received",
            example: .example("g:graph{ from = \"team\", to = \"role\" }:isolated():share()", "0")),
        .verb(
            .graph, "betweenness",
            options: [
                .option(
                    "normalized", "boolean",
                    "whether to divide by the number of pairs of other nodes: (n − 1)(n − 2), half of it without "
                        + "directions",
                    standard: "false")
            ],
            result: .value(.column),
            gives: "a column over the nodes: the shares of shortest paths between two others that lead through each, "
                + "summed; every ordered pair counts, without directions each pair once. Weights are not looked at",
            formula: .formula("Σ shortest paths through the node / shortest paths", "Freeman 1977; Brandes 2001"),
            example: .example("g:graph{ from = \"team\", to = \"role\", directed = false }:betweenness():max()", "0.5")),
        .verb(
            .graph, "closeness",
            options: [
                .option(
                    "direction", "\"out\"|\"in\"", "distances from the node, or to it as networkx has it",
                    standard: "`\"out\"`"),
                .option(
                    "scale", "\"reachable\"|\"wasserman_faust\"",
                    "`\"reachable\"`: nodes reached / sum of distances to them, as igraph has it; "
                        + "`\"wasserman_faust\"`: the same times the share of the others that is reached, and 0 where "
                        + "none is",
                    standard: "`\"reachable\"`"),
            ],
            result: .value(.column),
            gives: "a column over the nodes: how near each is to the others; missing where it reaches none",
            formula: .formula("nodes reached / Σ distances", "Freeman 1979; Wasserman and Faust 1994, 5.22"),
            example: .example("g:graph{ from = \"team\", to = \"role\", directed = false }:closeness():mean()", "0.75")),
        .verb(
            .graph, "harmonic",
            options: [
                .option("direction", "\"out\"|\"in\"", "distances from the node, or to it", standard: "`\"out\"`")
            ],
            result: .value(.column),
            gives: "a column over the nodes: the mean of 1 / distance to the others, 0 for those not reached",
            formula: .formula("Σ(1 / distance) / (n − 1)", "Rochat 2009"),
            example: .example("g:graph{ from = \"team\", to = \"role\", directed = false }:harmonic():mean()", "0.8333")
        ),
        .verb(
            .graph, "eigenvector",
            options: [
                .option(
                    "scale", "\"largest\"|\"length\"", "the largest is 1, or the sum of the squares is",
                    standard: "`\"largest\"`")
            ],
            result: .value(.column),
            gives: "a column over the nodes: each is as central as its contacts are, on the ties without direction; "
                + "missing for all unless the network is in one part",
            formula: .formula("the eigenvector of the largest eigenvalue", "Bonacich 1972"),
            example: .example("g:graph{ from = \"team\", to = \"role\" }:eigenvector():mean()", "1")),
        .verb(
            .graph, "page_rank",
            options: [
                .option(
                    "damping", "number", "the share of steps that follow a tie, from 0 to 0.99", standard: "0.85")
            ],
            result: .value(.column),
            gives: "a column over the nodes: each one's share of the visits of a walker who follows random ties",
            formula: .formula(
                "the walker starts again anywhere in 1 − damping of steps, and where no tie goes on",
                "Brin and Page 1998"),
            example: .example("g:graph{ from = \"team\", to = \"role\" }:page_rank():sum()", "1")),
        .verb(
            .graph, "clustering",
            options: [
                .option(
                    "below_two", "\"missing\"|\"zero\"",
                    "nodes with fewer than two contacts are missing, or 0 as networkx has it", standard: "`\"missing\"`"
                )
            ],
            result: .value(.column),
            gives:
                "a column over the nodes: the share of pairs of its contacts that are tied, on the ties without direction",
            formula: .formula("tied pairs of contacts / pairs of contacts", "Watts and Strogatz 1998"),
            example: .example("g:graph{ from = \"team\", to = \"role\" }:clustering():mean()", "0")),
        .verb(
            .graph, "core", result: .value(.column),
            gives:
                "a column over the nodes: the largest k such that the node belongs to a part in which everybody has k "
                + "ties or more, on the ties without direction",
            formula: .formula("k-cores", "Seidman 1983; Batagelj and Zaveršnik 2003"),
            example: .example("g:graph{ from = \"team\", to = \"role\" }:core():max()", "2")),
        .verb(
            .graph, "component",
            options: [
                .option(
                    "strong", "boolean", "whether nodes of one part must reach each other along the ties' directions",
                    standard: "false")
            ],
            result: .value(.column),
            gives: "a column over the nodes: the number of the part that each lies in; the largest is 1",
            example: .example("g:graph{ from = \"team\", to = \"role\" }:component():is(1):share()", "1")),
        .verb(
            .graph, "constraint", result: .value(.column),
            gives:
                "a column over the nodes: how far each one's contacts are invested in each other; missing for isolates",
            formula: .formula(
                "Σ(p_ij + Σ p_iq p_qj)² over contacts j, p the parts of the ties sent and received", "Burt 1992"),
            example: .example("g:graph{ from = \"team\", to = \"role\" }:constraint():mean()", "0.5")),
        .verb(
            .graph, "effective_size", result: .value(.column),
            gives:
                "a column over the nodes: each one's contacts less what is redundant among them, on the ties without "
                + "direction; missing for isolates",
            formula: .formula("n − 2t / n for n contacts with t ties among them", "Borgatti 1997"),
            example: .example("g:graph{ from = \"team\", to = \"role\" }:effective_size():mean()", "2")),
        .verb(
            .graph, "equivalents", result: .value(.column),
            gives:
                "a column over the nodes: how many others have the very same ties, so that they could change places with it",
            formula: .formula("structural equivalence", "Lorrain and White 1971"),
            example: .example("g:graph{ from = \"team\", to = \"role\" }:equivalents():mean()", "1")),
    ]

    private static let by = LanguageEntry.Parameter.needed("by", "string|plumbline.Column")
    private static let byWeight = LanguageEntry.Option.option(
        "weighted", "boolean", "whether ties count by their weights", standard: "false")
    private static let within = LanguageEntry.Detail.detail("within", "number", "the ties within groups")
    private static let across = LanguageEntry.Detail.detail("across", "number", "the ties between groups, each once")

    /// How ties run within and between groups of nodes. Ties with an end whose group is missing are left out.
    private static let graphGroups: [LanguageEntry] = [
        .verb(
            .graph, "across", by, options: [byWeight], details: [within, across], result: .value(.estimate),
            gives:
                "the share of ties that run between groups of nodes, by a column over the nodes; n is the ties between "
                + "nodes whose groups are known",
            formula: .formula("across / (within + across)"),
            example: .example(
                "g:graph{ from = \"respondent\", to = \"team\", nodes = g, id = \"respondent\" }:across(\"team\")",
                "insufficient")),
        .verb(
            .graph, "ei", by, options: [byWeight], details: [within, across], result: .value(.estimate),
            gives: "the E-I index: −1 where all ties are within groups, 1 where all are between; n as for `across`",
            formula: .formula("(external − internal) / (external + internal)", "Krackhardt and Stern 1988"),
            example: .example("g:graph{ from = \"team\", to = \"role\" }:ei(\"id\")", "1")),
        .verb(
            .graph, "node_ei", by, result: .value(.column),
            gives:
                "a column over the nodes: the E-I index of each one's contacts, on the ties without direction; missing "
                + "without contacts whose group is known",
            formula: .formula("(external − internal) / (external + internal)", "Krackhardt and Stern 1988"),
            example: .example("g:graph{ from = \"team\", to = \"role\" }:node_ei(\"id\"):mean()", "1")),
        .verb(
            .graph, "mixing", by, options: [byWeight],
            details: [
                within, across,
                .detail(
                    "from_to", "table<string, table<string, number>>",
                    "ties from group to group: `e.from_to.S1.S2`; without directions symmetric, with the ties within a "
                        + "group once"),
                .detail("group_ei", "table<string, number>", "by group, the E-I index of the ties that touch it"),
                .detail(
                    "group_density", "table<string, number>",
                    "by group, the ties within it divided by those that could be; for counted ties"),
                .detail(
                    "expected_ei", "number",
                    "the E-I index that groups of these sizes have if all ties are equally likely"),
            ], result: .value(.estimate),
            gives:
                "the number of ties between nodes whose groups are known, and the table of them. It names the groups: "
                + "what the measure gives afterwards rests on no more persons than the smallest has",
            example: .example("g:graph{ from = \"team\", to = \"role\" }:mixing(\"id\").from_to.A.coach", "1")),
        .verb(
            .graph, "assortativity", by,
            options: [
                .option(
                    "as", "\"groups\"|\"numbers\"",
                    "whether values are names of groups, or numbers that are correlated across ties",
                    standard: "`\"groups\"`")
            ],
            result: .value(.estimate),
            gives: "how far like is tied to like, at most 1; n is the ties between nodes with a value",
            formula: .formula(
                "(Σ e_gg − Σ a_g b_g) / (1 − Σ a_g b_g); of numbers the correlation of both ends", "Newman 2003"),
            example: .example("g:graph{ from = \"team\", to = \"role\" }:assortativity(\"id\")", "0")),
        .verb(
            .graph, "modularity", by, result: .value(.estimate),
            gives:
                "by how much more ties run within groups than by chance given each group's ties; n is the ties between "
                + "nodes whose groups are known",
            formula: .formula(
                "Σ e_gg − Σ a_g b_g", "Newman and Girvan 2004; with directions Leicht and Newman 2008"),
            example: .example("g:graph{ from = \"team\", to = \"role\" }:modularity(\"id\")", "0")),
        .verb(
            .graph, "brokerage", by,
            options: [
                .option(
                    "role",
                    "\"all\"|\"coordinator\"|\"itinerant\"|\"representative\"|\"gatekeeper\"|\"liaison\"",
                    "all three in one group; the ends in one, the broker in another; the broker with the first; with "
                        + "the last; three groups",
                    standard: "`\"all\"`")
            ],
            result: .value(.column),
            gives: "a column over the nodes: how often each is in the middle of a path i → j → k without a tie i → k",
            formula: .formula("counts of brokerage", "Gould and Fernandez 1989"),
            example: .example("g:graph{ from = \"team\", to = \"role\" }:brokerage(\"id\"):sum()", "0")),
    ]

    private static let answered = LanguageEntry.Parameter.needed("answered", "string|plumbline.Column")

    /// What is not known because some did not answer.
    private static let graphNonresponse: [LanguageEntry] = [
        .verb(
            .graph, "nonresponse", answered,
            details: [
                .detail("respondents", "number", "how many nodes answered"),
                .detail("nonrespondents", "number", "how many did not"),
                .detail("response_rate", "number", "the share of nodes that answered"),
                .detail("unobserved_ties", "number", "the possible ties that nobody could name"),
                .detail("observed_ties", "number", "the ties that respondents named"),
                .detail(
                    "ties_at_risk", "number",
                    "those of them to nodes that did not answer: nobody knows whether they are returned"),
                .detail("at_risk_share", "number", "their share of the observed ties"),
                .detail("half_observed_pairs", "number", "pairs known one way only"),
                .detail("unobserved_pairs", "number", "pairs not known at all"),
                .detail("unexpected_ties", "number", "ties from nodes that did not answer"),
                .detail("observed_density", "number", "ties named by respondents / those they could name"),
                .detail("density_low", "number", "the lowest density that the whole network can have"),
                .detail("density_high", "number", "the highest"),
                .detail("reciprocity_low", "number", "the lowest share of observed ties that can be returned"),
                .detail("reciprocity_high", "number", "the highest"),
            ], result: .value(.estimate),
            gives:
                "the share of possible ties that could not be observed, given a mask over the nodes of who answered. "
                + "A tie is named by the node that it starts at",
            formula: .formula("nonrespondents · (n − 1) / n(n − 1)", "Kossinets 2006; Huisman 2009"),
            example: .example(
                "g:graph{ from = \"team\", to = \"role\" }:nonresponse(g:graph{ from = \"team\", to = \"role\" }"
                    + ":degree{ direction = \"out\" }:above(0))")),
        .verb(
            .graph, "at_risk", answered, result: .value(.mask),
            gives:
                "a mask over the rows of the ties: whether each is a tie to a node that did not answer, from one that did; "
                + "missing for rows that are no tie",
            example: .example("g:where(net:at_risk(net.nodes.id:isin(g.from))).n")),
    ]
}

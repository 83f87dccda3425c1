-- Networks: ties in one table, nodes with their attributes in another.

local function net(a)
  local made = data(a.ties):graph{
    from = "from", to = "to", directed = a.directed, weight = a.weight, nodes = data(a.nodes), id = "id",
  }
  return (a.on or ""):find("^undirected") and made:undirected() or made
end

local function says(text, pattern) return (text or ""):find(pattern) ~= nil end

local function id(value) return tostring(math.tointeger(value) or value) end

-- A column over the nodes as a table by their ids; missing values are left out.
local function by_node(graph, column)
  local ids, values = graph.nodes:where(column:valid()).id:values(), column:values()
  local found = {}
  for i, value in ipairs(values) do found[id(ids[i])] = value end
  return found
end

local function direction(a) return a.mode or "all" end

local function weighted(a) return { weighted = a.weight ~= nil } end

-- Whole networks.

function answers.n_nodes(a) return value(net(a):size()) end
function answers.n_ties(a) return value(net(a):ties()) end
function answers.density(a) return value(net(a):density()) end

function answers.isolates(a)
  local graph = net(a)
  local found = {}
  for i, name in ipairs(graph.nodes:where(graph:isolated()).id:values()) do found[i] = id(name) end
  return found
end

function answers.weak_component_sizes(a) return net(a):components().sizes end
function answers.strong_component_sizes(a) return net(a):components({ strong = true }).sizes end

function answers.dyad_census(a)
  local dyads = net(a):dyads()
  return { mutual = dyads.mutual, asymmetric = dyads.asymmetric, null = dyads.null }
end

function answers.reciprocity(a)
  local of = "ties"
  if says(a.definition, "all dyads") then of = "all_pairs" end
  if says(a.definition, "connected dyads") then of = "tied_pairs" end
  return value(net(a):reciprocity({ of = of }))
end

function answers.triad_census(a) return net(a):triads().counts end

function answers.transitivity(a)
  return value(net(a):transitivity({ method = says(a.definition, "^directed") and "directed" or "undirected" }))
end

local function centralization(of)
  return function(a)
    return value(net(a):centralization({ of = of, self_ties = says(a.denominator, "loops=TRUE") }))
  end
end
answers.centralization_degree = centralization("degree")
answers.centralization_in_degree = centralization("in_degree")
answers.centralization_out_degree = centralization("out_degree")
answers.centralization_betweenness = centralization("betweenness")
answers.centralization_closeness = centralization("closeness")

function answers.mean_geodesic_distance(a) return value(net(a):geodesics()) end
function answers.diameter(a) return net(a):geodesics().diameter end
function answers.share_of_pairs_reachable(a) return value(net(a):reachability()) end
function answers.global_efficiency(a) return value(net(a):efficiency()) end
function answers.degree_assortativity(a) return value(net(a):degree_assortativity()) end

local function krackhardt(of) return function(a) return value(net(a):krackhardt({ of = of })) end end
answers.krackhardt_connectedness = krackhardt("connectedness")
answers.krackhardt_hierarchy = krackhardt("hierarchy")
answers.krackhardt_efficiency = krackhardt("efficiency")
answers.krackhardt_lubness = krackhardt("upper_boundedness")

-- Nodes.

-- A verb whose column is wanted by node, with options from the arguments.
local function each_node(verb, options)
  return function(a)
    local graph = net(a)
    return by_node(graph, verb(graph, options and options(a)))
  end
end

local function degree(graph, options) return graph:degree(options) end
answers.degree = each_node(degree, function(a) return { direction = direction(a) } end)
answers.in_degree = each_node(degree, function() return { direction = "in" } end)
answers.out_degree = each_node(degree, function() return { direction = "out" } end)
answers.strength = each_node(degree, function(a) return { direction = direction(a), weighted = true } end)

local function below_two(a) return { below_two = says(a.definition, "count as 0") and "zero" or "missing" } end
function answers.clustering_local_mean(a) return value(net(a):clustering(below_two(a)):mean()) end
answers.clustering_local = each_node(function(graph, options) return graph:clustering(options) end, below_two)

local function betweenness(graph, options) return graph:betweenness(options) end
answers.betweenness = each_node(betweenness)
answers.betweenness_normalized = each_node(betweenness, function() return { normalized = true } end)

local function along(a) return a.mode == "in" and "in" or "out" end
answers.closeness = each_node(function(graph, options) return graph:closeness(options) end, function(a)
  return { direction = along(a), scale = says(a.definition, "^Wasserman") and "wasserman_faust" or "reachable" }
end)
answers.harmonic_centrality = each_node(function(graph, options) return graph:harmonic(options) end, function(a)
  return { direction = along(a) }
end)
answers.eigenvector_centrality = each_node(function(graph, options) return graph:eigenvector(options) end, function(a)
  return { scale = says(a.scale, "length") and "length" or "largest" }
end)
answers.page_rank = each_node(function(graph, options) return graph:page_rank(options) end, function(a)
  return { damping = a.damping }
end)
answers.k_core = each_node(function(graph) return graph:core() end)
answers.burt_constraint = each_node(function(graph) return graph:constraint() end)
answers.burt_effective_size = each_node(function(graph) return graph:effective_size() end)

-- Groups of nodes.

function answers.within_ties(a) return net(a):mixing(a.attribute, weighted(a)).within end
function answers.cross_ties(a) return net(a):mixing(a.attribute, weighted(a)).across end
function answers.cross_tie_share(a) return value(net(a):across(a.attribute, weighted(a))) end
function answers.ei_index(a) return value(net(a):ei(a.attribute, weighted(a))) end
function answers.ei_index_group(a) return net(a):mixing(a.attribute, weighted(a)).group_ei end
function answers.ei_expected_at_equal_density(a) return net(a):mixing(a.attribute).expected_ei end
function answers.mixing_matrix(a) return net(a):mixing(a.attribute, weighted(a)).from_to end
function answers.within_density(a) return net(a):mixing(a.attribute).group_density end
function answers.assortativity_nominal(a) return value(net(a):assortativity(a.attribute)) end
function answers.assortativity_numeric(a) return value(net(a):assortativity(a.attribute, { as = "numbers" })) end
function answers.modularity(a) return value(net(a):modularity(a.attribute)) end

answers.ei_index_node = function(a)
  local graph = net(a)
  return by_node(graph, graph:node_ei(a.attribute))
end

local roles = { "coordinator", "itinerant", "representative", "gatekeeper", "liaison" }
local function role(words)
  for _, name in ipairs(roles) do if says(words, name) then return name end end
  return "all"
end

function answers.gould_fernandez(a)
  local graph = net(a)
  return by_node(graph, graph:brokerage(a.attribute, { role = role(a.role) }))
end

function answers.gould_fernandez_total(a)
  local graph = net(a)
  local names = {
    "w_I coordinator", "w_O itinerant broker", "b_IO representative", "b_OI gatekeeper", "b_O liaison", "total",
  }
  local found = {}
  for _, name in ipairs(names) do
    found[name] = value(graph:brokerage(a.attribute, { role = role(name) }):sum())
  end
  return found
end

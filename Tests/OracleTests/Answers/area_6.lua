-- Variation between sites: analysis of variance, random-intercept models, funnels, inequality.

-- Arguments that say something else than which rows are meant.
local words = {}
for _, word in ipairs({
  "file", "value", "group", "method", "conf", "definition", "rule", "groups", "model", "x", "n", "id", "target", "quantile",
}) do words[word] = true end

-- The rows with a value; an argument that is none of the words names a column, and which of its values is meant.
local function rows(a)
  local g = data(a.file)
  local mask = g:column(a.value):valid()
  for name, level in pairs(a) do
    if not words[name] and pcall(function() return g:column(name) end) then mask = mask & matches(g:column(name), level) end
  end
  return g:where(mask)
end

-- The value of a cell as the host names it.
local function text(cell) return type(cell) == "number" and tostring(math.tointeger(cell) or cell) or tostring(cell) end

-- The sites in the order of the file.
local function in_file_order(g, name)
  local seen, order = {}, {}
  for row in g:rows() do
    local cell = row[name]
    if cell ~= nil and not seen[text(cell)] then
      seen[text(cell)] = true
      order[#order + 1] = text(cell)
    end
  end
  return order
end

local function method(a)
  return a.method and (a.method:find("^REML") and "reml" or a.method:find("^ML") and "ml" or "anova") or "reml"
end

-- Covariates of "~ standLRT + (1|group)".
local function covariates(a)
  local found = {}
  for name in (a.model or ""):gsub("%(.-%)", ""):gmatch("[%w_.]+") do found[#found + 1] = name end
  return #found > 0 and found or nil
end

local function anova(a) return rows(a):column(a.value):anova(a.group) end
function answers.n_groups(a) return rows(a):column(a.group):distinct().value end
function answers.n_obs(a) return rows(a):column(a.value):count().value end
function answers.grand_mean(a) return value(rows(a):column(a.value):mean()) end
function answers.ss_between(a) return anova(a).ss_between end
function answers.ss_within(a) return anova(a).ss_within end
function answers.eta_squared(a) return anova(a).eta_squared end
function answers.omega_squared(a) return anova(a).omega_squared end
function answers.anova_F(a) return value(anova(a)) end
function answers.n0(a) return anova(a).n0 end

local function icc(a)
  local how = a.method and a.method:find("ML") and method(a) or a.model and "reml" or "anova"
  return rows(a):column(a.value):icc(a.group, { method = how, covariates = covariates(a), level = a.conf })
end
function answers.icc1(a) return value(icc(a)) end
function answers.icc1_ci(a) return ends(icc(a)) end
function answers.design_effect_mean_cluster(a) return rows(a):column(a.value):icc(a.group).design_effect end

local function components(a, without)
  return rows(a):column(a.value):variance_components(
    a.group, { method = method(a), covariates = not without and covariates(a) or nil })
end
function answers.variance_between(a) return value(components(a)) end
function answers.variance_within(a) return components(a).within end
function answers.intercept(a) return components(a).coefficients.intercept end
function answers.intercept_se(a) return components(a).standard_errors.intercept end
function answers.log_likelihood(a) return components(a).log_likelihood end
function answers.reliability_mean(a) return components(a).reliability end
function answers.proportion_between_variance_explained(a)
  return value(1 - ratio(components(a), components(a, true)))
end

-- R calls the intercept so.
local function named(coefficients)
  local found = {}
  for name, number in pairs(coefficients) do local key = name == "intercept" and "(Intercept)" or name found[key] = number end
  return found
end
function answers.fixed_effects(a) return named(components(a).coefficients) end
function answers.fixed_effects_se(a) return named(components(a).standard_errors) end

local function estimates(a)
  return rows(a):column(a.value):site_estimates(a.group, { method = method(a) == "ml" and "ml" or "reml" })
end

-- A number for each of the first sites of the file.
local function by_site(a, number)
  local groups = a.groups
  for _, quantity in ipairs(asked) do
    local other = quantity[2]
    if not groups and other.groups and other.file == a.file and other.value == a.value and other.group == a.group then
      groups = other.groups
    end
  end
  local most = tonumber((groups or ""):match("first (%d+)")) or 15
  local table, found = estimates(a), {}
  for place, name in ipairs(in_file_order(rows(a), a.group)) do
    if place <= most then found[name] = number(table[name]) end
  end
  return found
end
function answers.site_mean(a) return by_site(a, function(site) return site.observed end) end
function answers.site_shrunken_mean(a) return by_site(a, value) end
function answers.site_shrinkage(a) return by_site(a, function(site) return site.shrinkage end) end
function answers.site_effect_se(a) return by_site(a, function(site) return site.se end) end

local function on_side(a, side)
  local table, found = estimates(a), {}
  for _, name in ipairs(in_file_order(rows(a), a.group)) do
    if table[name].side == side then found[#found + 1] = name end
  end
  return found
end
function answers.sites_above_average(a) return on_side(a, 1) end
function answers.sites_below_average(a) return on_side(a, -1) end
function answers.caterpillar_order(a)
  local table_of, order = estimates(a), in_file_order(rows(a), a.group)
  table.sort(order, function(one, other) return table_of[one].value < table_of[other].value end)
  return order
end

-- Funnels of counts.
local function funnel_options(a)
  return { trials = a.n, target = type(a.target) == "number" and a.target or nil }
end
local function funnel(a)
  local options = funnel_options(a)
  options.level = a.conf
  options.method = a.method and a.method:find("^normal") and "normal" or "exact"
  return data(a.file):column(a.x):funnel(a.id, options)
end
local function each_site(sites, number)
  local found = {}
  for name, site in pairs(sites) do found[name] = number(site) end
  return found
end
function answers.funnel_lower(a) return each_site(funnel(a), function(site) return site.lower end) end
function answers.funnel_upper(a) return each_site(funnel(a), function(site) return site.upper end) end
function answers.funnel_outliers(a)
  local sites, found = funnel(a), { high = {}, low = {} }
  for _, name in ipairs(in_file_order(data(a.file), a.id)) do
    local side = sites[name] and sites[name].side
    local list = side == 1 and found.high or side == -1 and found.low or nil
    if list then list[#list + 1] = name end
  end
  return found
end

local function overdispersion(a) return data(a.file):column(a.x):overdispersion(a.id, funnel_options(a)) end
function answers.target(a) return overdispersion(a).target end
function answers.overdispersion_phi(a) return value(overdispersion(a)) end
function answers.chisq_heterogeneity(a) return overdispersion(a).chi_squared end

-- Inequality of amounts.
function answers.gini(a)
  return value(column(a, "value"):gini({ sample = a.definition ~= nil and a.definition:find("^sample") ~= nil }))
end
local function theil(a, index) return column(a, "value"):theil({ index = index, by = a.group }) end
for name, index in pairs({ theil_T = "T", theil_L = "L", ge2 = "GE2" }) do
  answers[name .. "_between"] = function(a) return theil(a, index).between end
  answers[name .. "_within"] = function(a) return theil(a, index).within end
end
function answers.theil_T(a) return value(theil(a, "T")) end
function answers.theil_L_mld(a) return value(theil(a, "L")) end
function answers.ge2_half_cv2(a) return value(theil(a, "GE2")) end
function answers.share_between_theil_T(a) return theil(a, "T").share_between end
function answers.variance_between_share(a) return anova(a).eta_squared end
function answers.p90_p10_ratio(a)
  local type = tonumber((a.quantile or ""):match("%d+")) or 7
  local amounts = column(a, "value")
  return value(ratio(amounts:quantile(0.9, { type = type }), amounts:quantile(0.1, { type = type })))
end

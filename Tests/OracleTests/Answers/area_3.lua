-- Proportions, rates, response rates, weighted surveys.

-- The options that say an interval's level.
local function at(a, options)
  options = options or {}
  options.level = a.conf
  return options
end

local function share(a, options) return proportion(a.x, a.n, options) end

function answers.proportion(a) return value(share(a)) end
for _, method in ipairs{ "wilson", "wilson_cc", "clopper_pearson", "jeffreys", "agresti_coull", "wald" } do
  answers["ci_" .. method] = function(a) return ends(share(a, at(a, { method = method }))) end
end

-- Two shares of different persons, said in counts.
local function shares(a) return proportion(a.x1, a.n1), proportion(a.x2, a.n2) end
local function compared(with, a, options)
  local first, second = shares(a)
  options = at(a, options)
  options.independent = true
  return with(first, second, options)
end

function answers.risk_difference(a) return value(compared(difference, a)) end
for _, method in ipairs{ "newcombe", "newcombe_cc", "wald" } do
  answers["risk_difference_ci_" .. method] = function(a) return ends(compared(difference, a, { method = method })) end
end
function answers.risk_ratio(a) return value(compared(risk_ratio, a)) end
function answers.risk_ratio_ci_log(a) return ends(compared(risk_ratio, a)) end
function answers.odds_ratio(a) return value(compared(odds_ratio, a)) end
function answers.odds_ratio_ci_log(a) return ends(compared(odds_ratio, a)) end
function answers.two_proportion_chisq(a) return compared(difference, a).chi_squared end
function answers.two_proportion_p(a) return compared(difference, a).p end
function answers.fisher_p_two_sided(a) return compared(difference, a, { test = "fisher" }).p end
function answers.cohen_h(a) return compared(difference, a).cohens_h end

-- Rates.
local function rates(a) return rate(a.events1, a.exposure1), rate(a.events2, a.exposure2) end
local function both_rates(with, a, options)
  local first, second = rates(a)
  options = at(a, options)
  options.independent = true
  return with(first, second, options)
end

function answers.rate(a) return value(rate(a.events, a.exposure)) end
function answers.rate_ci_exact(a) return ends(rate(a.events, a.exposure, at(a))) end
function answers.rate_ratio(a) return value(both_rates(rate_ratio, a)) end
function answers.rate_ratio_ci_log(a) return ends(both_rates(rate_ratio, a, { method = "log" })) end
function answers.rate_ratio_ci_exact(a) return ends(both_rates(rate_ratio, a, { method = "exact" })) end
function answers.rate_difference(a) return value(both_rates(difference, a)) end
function answers.rate_difference_ci_wald(a) return ends(both_rates(difference, a)) end

-- Favourable answers: `group` is "all", or a column and its value.
local function item(a)
  local g = data(a.file)
  local name, level = tostring(a.group or "all"):match("^(%S+)%s+(.+)$")
  if name then g = g:where(matches(g:column(name), level)) end
  return g:column(a.item)
end
local function top(a) return item(a):top_box(#a.box, { max = math.max(table.unpack(a.box)) }) end
local function net(a) return item(a):net_share(#a.box, { bottom = 2, min = 1, max = math.max(table.unpack(a.box)) }) end

function answers.top2box_n(a) return top(a):share().n end
function answers.top2box_share(a) return value(top(a):share()) end
function answers.top2box_ci_wilson(a) return ends(top(a):share(at(a, { method = "wilson" }))) end
function answers.bottom2box_share(a) return net(a).bottom end
function answers.net_top2_minus_bottom2(a) return value(net(a)) end

-- Outcome rates of a survey.
local function outcome(name, a)
  local counts = {}
  for _, code in ipairs{ "I", "P", "R", "NC", "O", "UH", "UO", "ineligible" } do counts[code] = a[code] end
  return outcome_rate(name, counts, { e = a.e })
end
for _, kind in ipairs{ { "RR", 6 }, { "COOP", 4 }, { "REF", 3 }, { "CON", 3 } } do
  for i = 1, kind[2] do
    local name = kind[1] .. i
    answers[name] = function(a) return value(outcome(name, a)) end
  end
end
function answers.e_cass(a) return outcome("RR1", a).eligible_share end

-- Weighted surveys.

-- Whose column is asked for: one file of a case has it under a name such as `sch.wide`.
local function rows(a) return data(a.file) end

-- The column that says how many a roster counts.
local function count_column(roster)
  for _, name in ipairs{ "Freq", "count", "n", "N" } do
    if pcall(function() return roster:column(name) end) then return name end
  end
end

-- A column's roster: the file that has it under the same name.
local function margin(name)
  local plain = name:gsub("[^%w]", "")
  for _, file in ipairs{ "input_roster_" .. name, "input_roster_" .. plain } do
    local ok, roster = pcall(data, file)
    if ok and roster then return { by = name, roster = roster, count = count_column(roster) } end
  end
end

-- The column that the words after `what`, up to a comma, name; else the first of some that the file has.
local function column_of(g, words, what, ...)
  local function has_column(name) return pcall(function() return g:column(name) end) end
  for word in (words:match(what .. "%a*([^,;]*)") or ""):gmatch("[%w_.]+") do
    if word ~= "fpc" and has_column(word) then return word end
  end
  for _, name in ipairs{ ... } do if has_column(name) then return name end end
end

-- What a case says somewhere, where a quantity of it does not: the column of weights, the cells of nonresponse.
local function said(g, name)
  for _, quantity in ipairs(asked) do
    local word = quantity[2][name]
    if type(word) == "string" and pcall(function() return g:column(word) end) then return word end
  end
end

-- Who answered, and the cells within which weights are adjusted.
local function respondents(g, a)
  local base = g:design{ weights = said(g, "weight") or "pw" }
  local design = a.design or a.weight or ""
  local cells = design:match("within ([%w_.]+)") or said(g, "cells") or "stype"
  if design:find("base weight only", 1, true) then return base:where(g:column(said(g, "column") or "responded"):is(1)) end
  local adjusted = base:respondents(g:column(said(g, "column") or "responded"):is(1), { cells = cells })
  local medians = design:match("trimmed at ([%d%.]+)x")
  return medians and adjusted:trim(tonumber(medians)) or adjusted
end

-- A design of the words of `args`.
local function design(a)
  local g = rows(a)
  local words = a.design or ""
  if words == "unweighted" then return g:design{} end
  if words:find("^respondents") then return respondents(g, a) end
  local base = a.base or said(g, "weight") or "pw"
  local options = { weights = base }
  if words:find("stratified") and not words:find("post%-stratified") and not words:find("no strata") then
    options.strata = column_of(g, words, "strat", "stype")
  end
  if words:find("fpc") and not words:find("no fpc") then options.fpc = "fpc" end
  if words:find("cluster") and not words:find("no cluster") then options.clusters = column_of(g, words, "cluster", "dnum", "psu", "cluster") end
  local d = g:design(options)
  local poststrata = words:match("post%-stratified to roster ([%w_.]+)") or words:match("post%-stratified to ([%w_.]+)")
  if poststrata then return d:poststratify(margin(poststrata)) end
  local raked = words:match("raked to (.+)$")
  if raked then
    local margins = {}
    for name in raked:gmatch("[^,%s]+") do margins[#margins + 1] = margin(name) end
    return d:rake(margins)
  end
  return d
end

-- Whether a column has a value that is written as a text: it may hold texts, numbers, or yes and no.
local truths = { yes = true, no = false, ["true"] = true, ["false"] = false }
local function has(column, level)
  for _, wanted in ipairs{ { level }, { tonumber(level) }, { truths[level:lower()] } } do
    local ok, mask = pcall(function() return column:is(wanted[1]) end)
    if ok and wanted[1] ~= nil then return mask end
  end
  error("nothing of the column is " .. level)
end

-- The column asked for, as yes or no where a level is, and the design, of a domain where there is one.
local function target(a)
  local d, g = design(a), rows(a)
  local column = g:column(a.variable)
  if a.domain then
    d = d:where(has(g:column(a.domain), a.level))
  elseif a.level then
    column = has(column, a.level)
  end
  return d, column
end

local function estimate(a, options)
  local d, column = target(a)
  if a.stat == "total" then return d:sum(column, options) end
  return d:mean(column, options)
end

function answers.weighted_mean(a) return value(estimate(a)) end
function answers.weighted_proportion(a)
  local d, column = target(a)
  return value(d:share(column))
end
function answers.weighted_total(a)
  local d, column = target(a)
  return value(d:sum(column))
end
function answers.se(a) return estimate(a).se end
function answers.deff(a) return estimate(a).deff end
function answers.deft2_replace(a) return estimate(a).deff_replace end
function answers.ci_normal(a) return ends(estimate(a, at(a, { method = "normal" }))) end
function answers.ci_t_design_df(a) return ends(estimate(a, at(a, { method = "t" }))) end
function answers.weighted_quantile(a)
  local d, column = target(a)
  local found = {}
  for i, p in ipairs(a.p) do found[i] = value(d:quantile(column, p)) end
  return found
end
function answers.weighted_variance(a)
  local d, column = target(a)
  return value(d:variance(column))
end
function answers.proportion_ci(a)
  local d, column = target(a)
  return ends(d:share(column, at(a, { method = a.method })))
end

-- The margins that the case's raked design names.
local function raked_margins()
  for _, quantity in ipairs(asked) do
    local names = (quantity[2].design or ""):match("raked to (.+)$")
    if names then return names end
  end
end

-- Weights by their words: a column, or as a design makes them.
local function weighted(a)
  local words = a.weight
  local g = rows(a)
  if words:find("respondents") then return respondents(g, a) end
  if words:find("^post%-stratified") then return design{ design = words, file = a.file } end
  if words == "raked" then return design{ design = "raked to " .. raked_margins(), file = a.file } end
  return g:design{ weights = words }
end

function answers.sum_weights(a) return value(weighted(a):weights():sum()) end
function answers.kish_deff_weighting(a) return weighted(a):effective_size().weighting_effect end
function answers.kish_effective_n(a) return value(weighted(a):effective_size()) end
function answers.weight_range(a)
  local d = weighted(a)
  local weights = d:weights()
  return { value(d:quantile(weights, 0)), value(d:quantile(weights, 1)) }
end
function answers.raked_weight(a)
  local first, last = a.rows:match("(%d+)%.%.(%d+)")
  local weights = design(a):weights():values()
  return { table.unpack(weights, tonumber(first), tonumber(last)) }
end

-- Response.
function answers.response_rate_unweighted(a) return value(rows(a):column(a.column):share()) end
function answers.response_rate_weighted(a)
  local g = rows(a)
  return value(g:design{ weights = a.weight }:response(g:column(a.column)))
end
function answers.nonresponse_factor(a)
  local g = rows(a)
  return g:design{ weights = a.weight }:response(g:column(said(g, "column") or "responded"):is(1), { cells = a.cells }).factors
end

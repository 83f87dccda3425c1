-- Effects: sizes, regressions, difference in differences, interrupted series.

-- Two groups: treated is the column named by `treatment`, 1 against 0.

local function rows(a) return data(a.file) end
-- Where a quantity does not name the treatment, others of its file do.
local function treatment(a)
  if a.treatment then return a.treatment end
  for _, quantity in ipairs(asked) do
    if quantity[2].treatment and quantity[2].file == a.file then return quantity[2].treatment end
  end
  return "small"
end
local function treated(a) return rows(a):column(treatment(a)):is(1) end
local function effect(a, options) return rows(a):column(a.outcome):effect_size(treated(a), options) end
local function means(a, options) return rows(a):column(a.outcome):mean_difference(treated(a), options) end
local function correction(a) return a.correction and a.correction:find("exact") and "exact" or "approximate" end

function answers.n_treated_control(a)
  local e = means(a)
  return { e.n_yes, e.n_no }
end
function answers.mean_difference(a) return value(means(a)) end
function answers.sd_pooled(a) return effect(a).sd end
function answers.cohen_d(a) return value(effect(a, { method = "d" })) end
function answers.hedges_g(a) return value(effect(a, { correction = correction(a) })) end
function answers.glass_delta(a) return value(effect(a, { method = "delta" })) end
function answers.g_se(a) return effect(a, { se = a.formula:find("d^2", 1, true) and "with_d" or "with_g" }).se end
function answers.g_ci(a)
  return ends(effect(a, { level = a.conf, se = a.method:find("with d", 1, true) and "with_d" or "with_g" }))
end
function answers.d_ci(a) return ends(effect(a, { method = "d", level = a.conf })) end
function answers.t_student(a) return means(a, { method = "student" }).t end
function answers.welch_t(a) return means(a).t end
function answers.welch_df(a) return means(a).df end
function answers.welch_p(a) return means(a).p end
function answers.welch_ci(a) return ends(means(a, { level = a.conf })) end
function answers.improvement_index(a) return effect(a).improvement_index end
function answers.g_from_adjusted_difference(a) return value(effect(a, { adjust = a.covariates })) end

-- From printed numbers.
function answers.wwc_g_from_d(a) return value(hedges_g{ d = a.d, n1 = a.n1, n2 = a.n2 }) end
function answers.wwc_g_from_t(a)
  return value(hedges_g{ t = a.t, n1 = a.n1, n2 = a.n2, icc = a.icc, cluster_size = a.mean_cluster_n })
end
function answers.wwc_cox_index(a) return value(hedges_g{ p1 = a.p1, p2 = a.p2, n1 = a.n1, n2 = a.n2 }) end
function answers.wwc_improvement_index(a) return value(improvement_index(a.g)) end
function answers.benjamini_hochberg_adjusted(a) return adjust_p(a.p) end
function answers.holm_adjusted(a) return adjust_p(a.p, { method = "holm" }) end

-- Difference in differences: who was treated and since when is written as "column = value".
local function is(g, words)
  local name, sign, level = words:match("^([%w_.]+)%s*([<>=!]+)%s*(.+)$")
  local column, number = g:column(name), tonumber(level)
  if sign == ">=" then return column:at_least(number) end
  if sign == "<=" then return column:at_most(number) end
  if sign == ">" then return column:above(number) end
  if sign == "<" then return column:below(number) end
  local mask = matches(column, level)
  return sign == "!=" and ~mask or mask
end
-- Where a quantity does not say it, another of its file does, or of the case.
local function of_case(a, name)
  if a[name] then return a[name] end
  local found
  for _, quantity in ipairs(asked) do
    local word = quantity[2][name]
    if word and quantity[2].file == a.file then return word end
    found = found or word
  end
  return found
end
local function when(a, name)
  local words = of_case(a, name)
  return words and is(rows(a), words) or rows(a):column(name):is(1)
end
local function y_of_case(a) return of_case(a, "y") end
local function cluster_of_case(a) return of_case(a, "cluster") end

function answers.did_of_means(a)
  return value(rows(a):did(a.y, { treated = when(a, "treated"), post = when(a, "post") }))
end
function answers.change_score_welch_t(a)
  return rows(a):did(y_of_case(a), {
    treated = when(a, "treated"), post = when(a, "post"), unit = cluster_of_case(a),
  }).t
end

-- Errors by the words of `type`.
local function errors(a)
  local words = a.type or "classical"
  if words:find("^Newey") then return "newey_west" end
  return words:match("CR%d") or words:match("HC%d") or "classical"
end

-- A regression written as in R: y ~ a * b + c + factor(d).
local function fit(a)
  local g = rows(a)
  local y, right = a.model:match("^%s*(%S+)%s*~%s*(.+)$")
  local e = errors(a)
  local options = { term = a.term, errors = e, cluster = a.cluster, level = a.conf }
  if a.interruption_at_row then
    return g:interrupted_series(a.y or y, {
      at = a.interruption_at_row, season = right:match("factor%((.-)%)"), term = a.term, errors = e, lag = a.lag,
      corrected = a.small_sample_adjust and true or false, level = a.conf,
    })
  end
  local terms = {}
  for term in right:gmatch("[^+]+") do
    term = term:match("^%s*(.-)%s*$")
    local first, second = term:match("^(%S+)%s*%*%s*(%S+)$")
    if first then
      terms[first], terms[second] = when(a, first), when(a, second)
      terms[#terms + 1] = first .. ":" .. second
    elseif term:find("^factor%(") then
      -- One factor is absorbed, others are categories.
      local name = term:match("^factor%((.-)%)")
      if options.absorb then
        options.factors = options.factors or {}
        options.factors[#options.factors + 1] = name
        terms[#terms + 1] = name
      else
        options.absorb = name
      end
    else
      terms[#terms + 1] = term
    end
  end
  return g:regression(y, terms, options)
end

function answers.coefficient(a) return value(fit(a)) end
function answers.se(a) return fit(a).se end
function answers.satterthwaite_df(a) return fit(a).df end
function answers.p_value(a) return fit(a).p end
function answers.ci(a) return ends(fit(a)) end
function answers.n_obs(a) return fit(a).n end
function answers.r_squared(a) return fit(a).r_squared end
function answers.n_clusters(a) return fit(a).clusters end
function answers.residual_autocorr_lag1(a) return fit(a).autocorrelation end
function answers.durbin_watson(a) return fit(a).durbin_watson end
function answers.effect_at_last_row(a)
  a.term = "effect"
  return value(fit(a))
end

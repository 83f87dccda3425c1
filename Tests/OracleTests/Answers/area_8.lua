-- Descriptives and rank methods.

-- Descriptives of a column.

function answers.n(a) return column(a):valid():count().value end
function answers.n_missing(a) return column(a):missing():count().value end
function answers.mean(a) return value(column(a):mean()) end
function answers.sd(a) return value(column(a):sd()) end
function answers.min(a) return value(column(a):min()) end
function answers.max(a) return value(column(a):max()) end
function answers.median(a) return value(column(a):median()) end
function answers.se_mean(a) return column(a):mean().se end
function answers.mean_ci_t(a) return ends(column(a):mean{ level = a.conf }) end
function answers.cv(a) return value(column(a):cv()) end
function answers.geometric_mean(a) return value(column(a):geometric_mean()) end
function answers.iqr(a) return value(column(a):iqr{ type = a.type }) end
function answers.mad(a) return value(column(a):mad{ constant = a.constant }) end

function answers.quantile(a)
  local found = {}
  for i, p in ipairs(a.p) do found[i] = value(column(a):quantile(p, { type = a.type })) end
  return found
end

function answers.fivenum_tukey(a)
  local five = column(a):five_numbers()
  return five.value and { five.minimum, five.lower_hinge, five.value, five.upper_hinge, five.maximum }
end

function answers.trimmed_mean(a) return value(column(a):trimmed_mean(a.trim_each_side)) end
function answers.trimmed_mean_se_yuen(a) return column(a):trimmed_mean(a.trim_each_side).se end
function answers.winsorized_mean(a) return value(column(a):winsorized_mean(a.each_side)) end
function answers.winsorized_sd(a) return column(a):winsorized_mean(a.each_side).sd end

-- g1, G1 and b1, or g2, G2 and b2.
local function shape_type(a)
  return ({ g = 1, G = 2, b = 3 })[a.type:sub(1, 1)]
end
function answers.skewness(a) return value(column(a):skewness{ type = shape_type(a) }) end
function answers.kurtosis_excess(a) return value(column(a):kurtosis{ type = shape_type(a) }) end

function answers.jackknife_se_mean(a) return column(a):jackknife{ statistic = "mean" }.se end
function answers.jackknife_acceleration(a) return column(a):jackknife{ statistic = a.statistic }.acceleration end

-- Weighted columns.

local function weighted(a) return column(a):weighted{ by = a.weight } end

function answers.weighted_mean(a) return value(weighted(a):mean()) end
function answers.weighted_sd(a)
  local weights = a.denominator:find("frequency") and "frequency"
    or a.denominator:find("reliability") and "reliability" or "population"
  return value(weighted(a):sd{ weights = weights })
end
function answers.weighted_quantile(a)
  local found = {}
  local rule = a.rule:find("^Hmisc") and "interpolated" or "inverse"
  for i, p in ipairs(a.p) do found[i] = value(weighted(a):quantile(p, { rule = rule })) end
  return found
end

-- Two columns.

local function correlation(a, method)
  return column(a, "x"):correlation(column(a, "y"), { method = method, level = a.conf })
end

function answers.pearson_r(a) return value(correlation(a, "pearson")) end
function answers.pearson_ci_fisher(a) return ends(correlation(a, "pearson")) end
function answers.pearson_p(a) return correlation(a, "pearson").p end
function answers.spearman_rho(a) return value(correlation(a, "spearman")) end
function answers.kendall_tau_b(a) return value(correlation(a, "kendall")) end
function answers.kendall_tau_a(a) return correlation(a, "gamma").tau_a end
function answers.goodman_kruskal_gamma(a) return value(correlation(a, "gamma")) end
function answers.concordant_discordant(a)
  local gamma = correlation(a, "gamma")
  return gamma.value and { gamma.concordant, gamma.discordant }
end
function answers.polychoric_rho(a) return value(correlation(a, "polychoric")) end

-- Before and after.

local function change(a)
  return column(a, "after"):change_from(column(a, "before"), { level = a.conf })
end

function answers.n_pairs(a)
  local first, second = column(a, a.x and "x" or "before"), column(a, a.x and "y" or "after")
  return (first:valid() & second:valid()):count().value
end
function answers.mean_change(a) return value(change(a)) end
function answers.sd_change(a) return change(a).sd end
function answers.paired_t(a) return change(a).t end
function answers.paired_ci(a) return ends(change(a)) end
function answers.d_z(a) return change(a).d_z end
function answers.d_av(a) return change(a).d_av end
function answers.d_rm(a) return change(a).d_rm end
function answers.wilcoxon_V(a) return change(a).wilcoxon_v end
function answers.wilcoxon_p(a)
  local is_corrected = not a.method or (a.method:find("continuity") and not a.method:find("no continuity")) ~= nil
  return column(a, "after"):change_from(column(a, "before"), { continuity = is_corrected }).wilcoxon_p
end
function answers.improved_same_worse(a)
  local e = change(a)
  return e.value and { improved = e.rose, same = e.same, worse = e.fell }
end

local function turned(a) return mcnemar(a.discordant_10, a.discordant_01, { continuity = a.correct }) end

function answers.mcnemar_chisq(a) return turned(a).chi_squared end
function answers.mcnemar_p_exact(a) return turned(a).p_exact end
function answers.mcnemar_p_mid(a) return turned(a).p_mid end

-- Two groups: values of a column split by another, or two columns.

local function two_groups(a)
  if not a.group then return column(a, "first"), column(a, "second") end
  local g, by = data(a.file), column(a, "group")
  return g:where(by:is(a.first)):column(a.column), g:where(by:is(a.second)):column(a.column)
end

local function comparison(a)
  local first, second = two_groups(a)
  local is_corrected = not (a.method and a.method:find("no continuity"))
  return first:cliffs_delta(second, { level = a.conf, continuity = is_corrected })
end

function answers.n1_n2(a)
  local first, second = two_groups(a)
  return { first:valid():count().value, second:valid():count().value }
end
function answers.mann_whitney_U(a) return comparison(a).u end
function answers.mann_whitney_p(a) return comparison(a).p end
function answers.cliffs_delta(a) return value(comparison(a)) end
function answers.cliffs_delta_se(a) return comparison(a).se end
-- An interval that is undefined has two undefined ends.
function answers.cliffs_delta_ci(a)
  local e = comparison(a)
  return ends(e) or e.value and { false, false }
end
function answers.probability_of_superiority(a) return comparison(a).superiority end

-- Bootstraps over resamples that come as a table: a row for each, a column i1, i2, ... for each place.

-- The rows of a range such as "1..40".
local function some_rows(a)
  local g = data(a.file)
  local first, last = (a.rows or ""):match("(%d+)%.%.(%d+)")
  if not first then return g end
  local row = 0
  return g:where(g:column(a.column):missing():map(function()
    row = row + 1
    return row >= tonumber(first) and row <= tonumber(last)
  end))
end

local function bootstrap(a)
  local values = some_rows(a):column(a.column)
  local resamples, draws = data(a.resamples:match("^%S+")), {}
  for i = 1, values:count().value do draws[i] = resamples:column("i" .. i) end
  local method = a.method and a.method:match("^%a+"):lower()
  return values:bootstrap{ statistic = a.statistic, method = method, draws = draws, level = a.conf }
end

function answers.bootstrap_se(a) return bootstrap(a).se end
function answers.bootstrap_bias(a) return bootstrap(a).bias end
function answers.bootstrap_ci(a) return ends(bootstrap(a)) end
function answers.bca_z0(a) return bootstrap(a).bias_correction end
function answers.bca_acceleration(a) return bootstrap(a).acceleration end
function answers.bca_levels(a)
  local e = bootstrap(a)
  return e.level_low and { e.level_low, e.level_high }
end

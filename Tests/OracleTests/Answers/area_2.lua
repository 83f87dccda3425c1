-- Survey scales, agreement of team members and of raters.

-- How the items of a quantity are read.
local function reading(a, more)
  local options = { reverse = a.reversed or {}, range = a.range, missing = a.missing }
  if a.missing == "available" then options.missing = nil end
  for name, option in pairs(more or {}) do options[name] = option end
  return options
end

-- The rows of a quantity: all, or those of one level of a group.
local function rows(a)
  local g = data(a.file)
  return a.level and g:where(g:column(a.group):is(a.level)) or g
end

local function alpha(a) return rows(a):alpha(a.items, reading(a, { level = a.conf })) end

-- A number for each item.
local function by_item(a, number)
  local found = {}
  for _, item in ipairs(a.items) do
    local reverse = {}
    for _, reversed in ipairs(a.reversed) do if reversed == item then reverse[1] = item end end
    found[item] = number(rows(a):scale({ item }, { reverse = reverse, range = a.range }))
  end
  return found
end

function answers.n_rows(a) return rows(a).n end
function answers.n_answered_by_item(a) return by_item(a, function(item) return item:count().value end) end
function answers.item_means(a) return by_item(a, function(item) return value(item:mean()) end) end
function answers.item_sds(a) return by_item(a, function(item) return value(item:sd()) end) end

function answers.alpha(a) return value(alpha(a)) end
function answers.alpha_ci_feldt(a) return ends(alpha(a)) end
function answers.alpha_standardized(a)
  local isRescaled = a.from and a.from:find("rescaled")
  return isRescaled and alpha(a).standardized_rescaled or not isRescaled and alpha(a).standardized or nil
end
function answers.mean_inter_item_r(a) return alpha(a).inter_item end
function answers.item_total_r(a) return a.corrected and alpha(a).item_rest or alpha(a).item_total end
function answers.alpha_if_item_deleted(a) return alpha(a).alpha_if_deleted end
function answers.guttman_lambda2(a) return alpha(a).lambda2 end
function answers.guttman_lambda6(a) return alpha(a).lambda6 end
function answers.total_score_sd(a) return alpha(a).sd end
function answers.sem(a) return alpha(a).sem end

local function halves(a) return rows(a):split_half(a.items, reading(a, { half = a.half1 })) end
function answers.split_half_r(a) return halves(a).r end
function answers.split_half_spearman_brown(a) return value(halves(a)) end
function answers.split_half_guttman(a) return halves(a).guttman end

function answers.omega_total_1factor(a)
  local method = a.method:lower():find("^minres") and "minres" or "ml"
  return value(rows(a):omega(a.items, reading(a, { method = method })))
end

-- Each row's mean, of those who answered all items or at least so many.
local function scores(a)
  local answered = a.min_answered and a.min_answered / #a.items or 1
  return rows(a):scale(a.items, { reverse = a.reversed or {}, range = a.range, answered = answered })
end
-- Nobody can answer more items than there are.
local function can_answer(a) return not a.min_answered or a.min_answered <= #a.items end
function answers.n_complete(a) return scores(a):count().value end
function answers.person_mean_scored_n(a) return can_answer(a) and scores(a):count().value or 0 end
function answers.person_mean_mean(a) return can_answer(a) and value(scores(a):mean()) or nil end
function answers.person_mean_sd(a) return can_answer(a) and value(scores(a):sd()) or nil end

-- Members of teams who answered everything.
local function members(a)
  local g = data(a.file)
  return g:where(g:scale(a.items, { answered = 1, reverse = a.reversed or {}, range = a.range }):valid()
    & g:column(a.group):valid())
end
local function member_scores(a)
  return members(a):scale(a.items, { answered = 1, reverse = a.reversed or {}, range = a.range })
end

function answers.n_groups(a) return members(a):column(a.group):distinct().value end
function answers.n_persons(a) return members(a).n end
function answers.anova_F(a) return value(member_scores(a):anova(a.group)) end
function answers.icc1(a)
  local size = a.group_size and a.group_size:find("mean") and "mean" or "n0"
  return value(member_scores(a):icc(a.group, { size = size }))
end
function answers.icc2(a) return member_scores(a):icc(a.group).icc2 end

-- The first teams of at least two, a number for each.
local function by_team(a, number)
  local most = tonumber((a.groups or ""):match("first (%d+)")) or math.huge
  local found, count = {}, 0
  for team, part in members(a):each(a.group) do
    if part.n >= 2 and count < most then
      count = count + 1
      found[team] = number(part)
    end
  end
  return found
end
local function rwg(a, part, items)
  return part:rwg(items, { reverse = a.reversed or {}, range = a.range })
end
local function all_teams(a, cut)
  return members(a):rwg(a.items, { by = a.group, cut = cut, reverse = a.reversed or {}, range = a.range })
end

function answers.rwg_j(a) return by_team(a, function(part) return value(rwg(a, part, a.items)) end) end
function answers.rwg_single_item(a) return by_team(a, function(part) return value(rwg(a, part, { a.item })) end) end
function answers.rwg_j_mean(a) return value(all_teams(a)) end
function answers.rwg_j_median(a) return all_teams(a).median end
answers["rwg_j_share_ge_0.70"] = function(a) return all_teams(a, 0.7).share end
function answers.average_deviation_mean(a)
  return by_team(a, function(part)
    return value(part:average_deviation(a.items, { reverse = a.reversed or {}, range = a.range }))
  end)
end
function answers.group_mean(a)
  return by_team(a, function(part)
    return value(part:scale(a.items, { answered = 1, reverse = a.reversed or {}, range = a.range }):mean())
  end)
end

-- Intervals are asked of the raters that the correlations before them were asked of.
local raters = {}
local models = { "one_way", "random", "fixed" }
for number, model in ipairs(models) do
  for letter, unit in pairs({ ["1"] = "single", k = "average" }) do
    local name = ("ICC(%d,%s)"):format(number, letter)
    local function icc(a)
      raters[a.file] = a.raters or raters[a.file]
      return data(a.file):icc(raters[a.file], { model = model, unit = unit, level = a.conf })
    end
    answers[name] = function(a) return value(icc(a)) end
    answers[name .. " ci"] = function(a) return ends(icc(a)) end
  end
end

function answers.krippendorff_alpha(a) return value(data(a.file):krippendorff(a.raters, { scale = a.level })) end

local function two(a)
  local g = data(a.file)
  return g:column(a.raters[1]), g:column(a.raters[2])
end
function answers.percent_agreement(a)
  local first, second = two(a)
  return value(first:agreement(second))
end
function answers.cohen_kappa(a)
  local first, second = two(a)
  return value(first:kappa(second))
end
function answers.weighted_kappa(a)
  local first, second = two(a)
  local weights = (a.weights or "squared"):find("linear") and "linear" or "squared"
  return value(first:kappa(second, { weights = weights }))
end

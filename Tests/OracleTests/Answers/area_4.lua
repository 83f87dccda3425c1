-- Statistical process control.

local function has(g, name) return name and pcall(function() return g:column(name) end) end

-- The first of some names that is a column.
local function column_name(g, ...)
  for i = 1, select("#", ...) do
    local name = (select(i, ...))
    if has(g, name) then return name end
  end
end

-- "z of subgroup means" names no column: what was charted of the file before.
local charted = {}
local function values_of(g, a)
  local file = a.file or ""
  charted[file] = column_name(g, a.y, charted[file])
  return g:column(charted[file])
end

-- When each event of the file happened.
local function times(g, a)
  local day = a.time or dates[((a.file or "input"):gsub("%.csv$", ""))]
  return g:where(g:column(a.event):is(1)):column(column_name(g, day, "date", "day", "time", "when"))
end

-- The group that a quantity speaks of: rows by number, a slice, or those with a value, less some rows by number.
local function rows(a)
  local g = data(a.file)
  local said = type(a.rows) == "string" and a.rows or ""
  local first, last = said:match("^(%d+)%.%.(%d+)")
  if a.phase then first, last = a.phase[1], a.phase[2] end
  local flag, wanted = said:match("^([%w_.]+) = ([%w_.-]+)")
  if flag then
    local values = { TRUE = true, FALSE = false }
    local value = values[wanted]
    if value == nil then value = tonumber(wanted) or wanted end
    g = g:where(g:column(flag):is(value))
  end
  local left = said:match("without data rows ([%d,]+)")
  if not first and not left then return g end
  -- A column of the rows' numbers; a comparison with `valid` is there in every row.
  local count = 0
  local number = g:column(column_name(g, a.y, a.x, a.event, a.subgroup)):valid():map(function() count = count + 1 return count end)
  if first then g = g:where(number:between(tonumber(first), tonumber(last))) end
  if left then
    local places = {}
    for place in left:gmatch("%d+") do places[#places + 1] = tonumber(place) end
    g = g:where(~number:isin(places))
  end
  return g
end

-- Subgroups by number, in the order in which the file has them.
local function in_file_order(g, name)
  if not name then return nil end
  local number, count = {}, 0
  return g:column(name):map(function(cell)
    local key = tostring(cell)
    if not number[key] then count = count + 1 number[key] = count end
    return number[key]
  end)
end

local kinds = { XmR = "xmr", p = "p", u = "u", c = "c", g = "g", t = "t", ["Xbar-S"] = "xbar_s", ["Xbar-R"] = "xbar_r" }

local function sigma(a)
  local said = a.sigma_rule or ""
  if said:find("^mean MR / 1%.128") then return "mean_moving_range_rounded" end
  if said:find("^median") then return "median_moving_range" end
  if said:find("^Nelson") then return "screened_moving_range" end
  if said:find("^sample sd") then return "sample_standard_deviation" end
end

local function center(a)
  local said = a.cl or ""
  if type(said) == "number" then return said end
  return said:find("median") and "median" or said:find("^0%.693") and "theoretical_median" or nil
end

-- The options that all charts share.
local function options(a)
  local found = { exclude = a.exclude, shift = a.min_length }
  if type(a.baseline) == "table" then found.baseline = a.baseline end
  return found
end

-- Events and denominators: columns, or "admissions with harms>0" of "admissions", which are rows.
local function events(g, a)
  local name, limit = a.x:match("with ([%w_.]+)>([%d.]+)$")
  if name then return g:column(name):above(tonumber(limit)) end
  return g:column(a.x)
end

local function chart(a)
  local g, o = rows(a), options(a)
  local name = a.chart or "XmR"
  o.kind = kinds[name:match("^[%w-]+")]
  if name:find("Laney") then o.kind = o.kind .. "_prime" end
  o.subgroup = in_file_order(g, a.subgroup)
  if o.kind == "xmr" then
    o.sigma, o.gaps = sigma(a), (a.missing or ""):find("dropped") and "closed" or nil
    if type(a.sigma) == "number" then o.sigma, o.center = a.sigma, a.cl end
    return g:column(a.y):control_chart(o)
  elseif o.kind == "g" then
    o.center = center(a)
    return g:column(a.event):is(1):control_chart(o)
  elseif o.kind == "t" then
    return times(g, a):control_chart(o)
  elseif a.subgroup then
    return values_of(g, a):control_chart(o)
  end
  if a.aggregate then o.subgroup = a.order or a.aggregate:match("by ([%w_.]+)$") end
  if has(g, a.n) then o.of = a.n end
  return events(g, a):control_chart(o)
end

-- One number where it is the same at all points, else a list.
local function line(e, one, all)
  if e.sigma then return e[one] end
  local list = e[all]
  for i = 2, #(list or {}) do if list[i] ~= list[1] then return list end end
  return list and list[1]
end

function answers.centre_line(a) return value(chart(a)) end
function answers.sigma(a) return line(chart(a), "sigma", "sigmas") end
function answers.ucl(a) return line(chart(a), "upper", "uppers") end
function answers.lcl(a) return line(chart(a), "lower", "lowers") end
function answers.sigma_z(a) return chart(a).sigma_z end
function answers.mean_moving_range(a) return chart(a).mean_moving_range end
function answers.mr_ucl(a) return chart(a).moving_range_limit end

local rules = {
  N1 = "beyond_limits", WE1 = "beyond_limits", N2 = "nine_on_one_side", N3 = "six_in_trend",
  N4 = "fourteen_alternating", N5 = "two_of_three", WE2 = "two_of_three", N6 = "four_of_five", WE3 = "four_of_five",
  N7 = "fifteen_within", N8 = "eight_outside", WE4 = "eight_on_one_side",
}
function answers.signals(a) return chart(a).signals[rules[a.rule:match("^%w+")]] end

-- Subgroups.

local function subgroups(a)
  local g = rows(a)
  return values_of(g, a):control_chart{ kind = "xbar_s", subgroup = in_file_order(g, a.subgroup) }
end
function answers.subgroup_means(a) return subgroups(a).points end
function answers.subgroup_sds(a) return subgroups(a).spreads end
local function spread(a, one, all)
  local e = chart(a)
  return e[one] or e[all]
end
function answers.s_centre_line(a) return chart(a).spread_center end
function answers.s_ucl(a) return spread(a, "spread_upper", "spread_uppers") end
function answers.s_lcl(a) return spread(a, "spread_lower", "spread_lowers") end
answers.r_centre_line, answers.r_ucl, answers.r_lcl = answers.s_centre_line, answers.s_ucl, answers.s_lcl

-- Rare events.

local function gaps(a)
  local g = rows(a)
  if a.x:find("^days") then
    return times(g, a):control_chart{ kind = "t" }
  end
  return g:column(a.event):is(1):control_chart{ kind = "g" }
end
function answers.n_events(a) return data(a.file):column(a.event):is(1):count().value end
function answers.gaps_first_10(a)
  local first = {}
  for i, gap in ipairs(gaps(a).points) do if i <= 10 then first[i] = gap end end
  return first
end
function answers.zero_gaps(a) return gaps(a).zero_gaps end

-- Run charts.

local function runs(a) return rows(a):column(a.y):run_chart(options(a)) end
function answers.run_centre_line_median(a) return value(runs(a)) end
function answers.n_useful(a) return runs(a).useful end
function answers.n_runs(a) return runs(a).runs end
function answers.longest_run(a) return runs(a).longest_run end
function answers.n_crossings(a) return runs(a).crossings end
function answers.anhoej_longest_run_max(a) return runs(a).longest_run_max end
function answers.anhoej_crossings_min(a) return runs(a).crossings_min end
function answers.anhoej_signal_run(a) return runs(a).rules.longest_run end
function answers.anhoej_signal_crossings(a) return runs(a).rules.crossings end
function answers.shift_signal_points(a) return runs(a).signals.shift end
function answers.trend_longest_points(a) return runs(a).longest_trend end
function answers.runs_above_below(a)
  local e = runs(a)
  return { above = e.above, below = e.below }
end
function answers.runs_limits_exact(a)
  local e = runs(a)
  return e.runs_low and { lowest_allowed = e.runs_low, highest_allowed = e.runs_high }
end
function answers.runs_signal_exact(a) return runs(a).runs_verdict end

-- Limits by number of useful points, half of them on either side.
local function limits_table(a, name)
  local first, last = a.n_useful:match("^(%d+)%.%.(%d+)$")
  local limits = {}
  for n = tonumber(first), tonumber(last) do
    limits[#limits + 1] = run_limits(n // 2, n - n // 2)[name]
  end
  return limits
end
function answers.anhoej_limits_table(a)
  return limits_table(a, a.column:find("crossings") and "crossings_min" or "longest_run_max")
end
function answers.runs_limits_exact_table(a)
  return limits_table(a, a.column:find("lowest") and "runs_low" or "runs_high")
end

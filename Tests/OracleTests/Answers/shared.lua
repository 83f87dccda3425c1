-- What the answers of all areas share.

-- The column of a quantity that names its file.
local function column(a, name) return data(a.file):column(a[name or "column"]) end

-- An estimate's number; nil where it is insufficient.
local function value(e) return e.value end

-- Both ends of an estimate's interval.
local function ends(e) return e.low and { e.low, e.high } end

-- The rows whose cell is a level that is written as a text: the column may hold texts, numbers, or yes and no.
local truths = { yes = 1, no = 0, ["true"] = 1, ["false"] = 0 }
local function matches(column, level)
  for _, wanted in ipairs{ { level }, { tonumber(level) }, { truths[tostring(level):lower()] } } do
    local ok, mask = pcall(function() return column:is(wanted[1]) end)
    if ok and wanted[1] ~= nil then return mask end
  end
  error("nothing of the column is " .. tostring(level))
end

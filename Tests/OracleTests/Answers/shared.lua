-- What the answers of all areas share.

-- The column of a quantity that names its file.
local function column(a, name) return data(a.file):column(a[name or "column"]) end

-- An estimate's number; nil where it is insufficient.
local function value(e) return e.value end

-- Both ends of an estimate's interval.
local function ends(e) return e.low and { e.low, e.high } end

-- kind: native
-- expect: ok
-- why: `rep` of an empty text counts without end in the stock library.
assert(string.rep("", 1e15) == "" and ("x"):rep(-5) == "" and (""):rep(math.maxinteger, "") == "")

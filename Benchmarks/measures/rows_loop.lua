-- A loop over rows.
return measure {
  id = "bench.rows", version = "1.0.0", title = "Rows", domain = "culture", type = "driver", unit = "points",
  from = "data", columns = { "q01", "q02", "role" },
  value = function(g, p)
    local sum, teachers = 0, 0
    for r in g:rows() do
      local a, b = r.q01, r.q02
      if a and b then sum = sum + a * b end
      if r.role == "teacher" then teachers = teachers + 1 end
    end
    return sum + teachers
  end,
}

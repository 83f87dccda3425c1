-- The same over rows, in the mergeable form.
return measure {
  id = "bench.step", version = "1.0.0", title = "Steps", domain = "culture", type = "driver", unit = "points",
  from = "data", columns = { "q01", "q02", "role" },
  init = function(p) return { sum = 0, teachers = 0 } end,
  step = function(state, r, p)
    local a, b = r.q01, r.q02
    if a and b then state.sum = state.sum + a * b end
    if r.role == "teacher" then state.teachers = state.teachers + 1 end
    return state
  end,
  merge = function(a, b) return { sum = a.sum + b.sum, teachers = a.teachers + b.teachers } end,
  finish = function(state, p) return state.sum + state.teachers end,
}

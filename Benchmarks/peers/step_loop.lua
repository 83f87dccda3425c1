-- FILE: the columns are there already as tables, the rows are built from them; the file holds "q01,q02,role" a line.
local q01, q02, role, count = {}, {}, {}, 0
for line in io.lines(arg[1]) do
  count = count + 1
  local a, b, c = line:match("^(%d*),(%d*),(.*)$")
  q01[count], q02[count], role[count] = math.tointeger(a), math.tointeger(b), c
end
local function step(state, r)
  local a, b = r.q01, r.q02
  if a and b then state.sum = state.sum + a * b end
  if r.role == "teacher" then state.teachers = state.teachers + 1 end
  return state
end
local seconds = {}
for _ = 1, 3 do
  local start = os.clock()
  local state = { sum = 0, teachers = 0 }
  for i = 1, count do
    state = step(state, { q01 = q01[i], q02 = q02[i], role = role[i] })
  end
  seconds[#seconds + 1] = string.format("%.9f", os.clock() - start)
  result = state.sum + state.teachers
end
print(string.format('{"seconds": [%s], "result": %d}', table.concat(seconds, ", "), result))

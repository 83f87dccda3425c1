-- values_loop.lua FILE: the loop over a table that is there already; the file holds one answer a line.
local values = {}
for line in io.lines(arg[1]) do
  local answer = line:match("^(%d*)")
  if answer ~= "" then values[#values + 1] = math.tointeger(answer) end
end
local seconds = {}
for _ = 1, 3 do
  local start = os.clock()
  local sum, high = 0, 0
  for _, x in ipairs(values) do
    sum = sum + x * x
    if x >= 5 then high = high + 1 end
  end
  seconds[#seconds + 1] = string.format("%.9f", os.clock() - start)
  result = sum + high
end
print(string.format('{"seconds": [%s], "result": %d}', table.concat(seconds, ", "), result))

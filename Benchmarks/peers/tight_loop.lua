-- tight_loop.lua: the loop whose text the driver puts in, three times.
local function run()
  LOOP
  return result
end
local seconds, result = {}, nil
for turn = 1, 3 do
  local start = os.clock()
  result = run()
  seconds[turn] = string.format("%.9f", os.clock() - start)
end
print(string.format('{"seconds": [%s], "result": %.17g}', table.concat(seconds, ", "), result))

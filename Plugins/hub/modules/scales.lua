-- What measures of the survey share: scores of persons, and the share of favourable answers.
--
--   local scales = require "hub.scales"
--   params = { answered = scales.answered }, presets = { strict = scales.strict },
--   value = function(g, p) return scales.mean(g, items, p) end
local scales = {}

-- The parameter that says when a person has a score. Half of the items is the field's habit; `strict` asks for all.
scales.answered = { default = 0.5, min = 0, max = 1, about = "share of the items a person must answer" }
scales.strict = { answered = 1 }

-- The parameter that says which answers are favourable: the two best of the scale, or as many as it names.
scales.boxes = { default = 2, min = 1, max = 5, about = "how many answers, from the best, are favourable" }
scales.top_box = { boxes = 1 }

-- Each person's score: the mean of the items that the person answered, if they are enough. `wording` names reversed
-- items and the range of answers where the codebook does not: { reverse = { "safety_2" }, range = { 1, 6 } }.
function scales.score(g, items, p, wording)
  wording = wording or {}
  return g:scale(items, { answered = p.answered, reverse = wording.reverse, range = wording.range })
end

-- Whether anybody here was asked any of the items; what the codebook does not ask of a role does not arise for it.
function scales.is_asked(g, items)
  for _, item in ipairs(items) do
    if (~g:column(item):missing("not_asked")):count().value > 0 then return true end
  end
  return false
end

-- The mean of the persons' scores: persons count alike, however many items they answered.
-- Left out: who skipped too many items, answered "does not apply", was not asked, or whose load lacks the items.
function scales.mean(g, items, p, wording)
  local mean = scales.score(g, items, p, wording):mean()
  if not mean.value and not scales.is_asked(g, items) then return not_applicable("these people are not asked") end
  return mean
end

-- The share of valid answers that are among the `p.boxes` best, over all items; n counts the persons behind them, whose
-- answers hang together: each person's share, weighted by how many items the person answered.
-- `best` is the best answer on the scale. Left out: every answer that is missing, for whatever reason.
function scales.favourable(g, items, p, best)
  local favourable, valid
  for _, item in ipairs(items) do
    local answer = g:column(item)
    local is_valid = answer:valid()
    -- A missing answer is not favourable here, and does not count as an answer either.
    local is_favourable = answer:top_box(p.boxes, { max = best }) & is_valid
    favourable = favourable and favourable + is_favourable or is_favourable + 0
    valid = valid and valid + is_valid or is_valid + 0
  end
  local share = (favourable / valid):weighted{ by = valid }:mean()
  if not share.value and not scales.is_asked(g, items) then return not_applicable("these people are not asked") end
  return share
end

return scales

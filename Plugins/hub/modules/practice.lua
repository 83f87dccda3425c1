-- What measures of practice share: teams at work, and entries that still hold.
--
--   local practice = require "hub.practice"
--   value = function(g) return practice.share_of_teams(g, g.with.roster) end
local practice = {}

-- The share of the roster's teams that occur in these rows. A team that the roster does not list counts on neither
-- side, so that no share passes 1; rows and entries without a team count for none.
function practice.share_of_teams(g, roster)
  local active = roster:where(roster.team:isin(g.team))
  return proportion(active.team:distinct(), roster.team:distinct())
end

-- Whether an entry still holds on a day: its end is blank, or lies on that day or later. A load without ends does not
-- say, so it is missing there; so is what does not apply.
function practice.holds_on(ended, day)
  return ended:missing("skipped") | ended:at_least(day)
end

-- How many months the group's period has, a month being a twelfth of a year.
function practice.months(g)
  return (days(g.period.stop) - days(g.period.start)) / (365.25 / 12)
end

return practice

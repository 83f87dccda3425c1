-- Descriptives and rank methods.

function answers.n(a) return column(a):valid():count().value end
function answers.mean(a) return value(column(a):mean()) end
function answers.sd(a) return value(column(a):sd()) end
function answers.quantile(a)
  local found = {}
  for i, p in ipairs(a.p) do found[i] = value(column(a):quantile(p, { type = a.type })) end
  return found
end
function answers.mean_ci_t(a) return ends(column(a):mean()) end

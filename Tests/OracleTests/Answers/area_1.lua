-- Descriptives, one-way analysis of variance.

function answers.mean(a) return value(column(a):mean()) end

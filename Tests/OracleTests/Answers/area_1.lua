-- Descriptives, one-way analysis of variance.

function answers.n(a) return column(a):valid():count().value end
function answers.mean(a) return value(column(a):mean()) end
function answers.sd(a) return value(column(a):sd()) end
function answers.autocorr_lag1(a) return value(column(a):autocorrelation()) end

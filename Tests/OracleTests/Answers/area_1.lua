-- Descriptives, one-way analysis of variance.

function answers.n(a) return column(a):valid():count().value end
function answers.mean(a) return value(column(a):mean()) end
function answers.sd(a) return value(column(a):sd()) end
function answers.autocorr_lag1(a) return value(column(a):autocorrelation()) end

-- One-way analysis of variance of a column of values by one of groups.
local function anova(a) return column(a, "value"):anova(a.group) end

function answers.df_between(a) return anova(a).df_between end
function answers.df_within(a) return anova(a).df_within end
function answers.ss_between(a) return anova(a).ss_between end
function answers.ss_within(a) return anova(a).ss_within end
function answers.ms_between(a) return anova(a).ms_between end
function answers.ms_within(a) return anova(a).ms_within end
function answers.F(a) return value(anova(a)) end
function answers.r_squared(a) return anova(a).eta_squared end
function answers.residual_sd(a) return anova(a).sd_within end
function answers.icc1(a) return value(column(a, "value"):icc(a.group)) end
function answers.icc2(a) return column(a, "value"):icc(a.group).icc2 end

# variance.R FILE.csv: REML by lme4; data in memory before the clock.
suppressPackageStartupMessages(library(lme4))
rows <- read.csv(commandArgs(TRUE)[1])
seconds <- replicate(3, system.time(
  fitted <- lmer(score ~ 1 + (1 | school), rows, REML = TRUE, control = lmerControl(calc.derivs = FALSE))
)[["elapsed"]])
cat(sprintf('{"seconds": [%s]}\n', paste(seconds, collapse = ", ")))

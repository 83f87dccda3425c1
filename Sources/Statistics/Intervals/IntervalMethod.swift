/// How an interval was computed. The raw value is the name under which the method appears in a feed.
public enum IntervalMethod: String, CaseIterable, Codable, Hashable, Sendable {
    /// Student's t on the standard error of a mean.
    case t
    /// Student's t of the mean of logarithms, turned back.
    case logT = "log_t"
    /// Student's t of a trimmed mean on Yuen's standard error, with one degree of freedom less than values that stay.
    case yuen
    /// Welch's t for a difference of two means with Satterthwaite's degrees of freedom.
    case welch
    /// Student's t on a standard error by Taylor linearisation (weighted data).
    case linearizedT = "linearized_t"
    /// Student's t on the log odds of a weighted share, turned back.
    case linearizedLogit = "linearized_logit"
    /// Clopper and Pearson's interval of a weighted share for an effective number of rows (Korn and Graubard 1998).
    case kornGraubard = "korn_graubard"
    /// Two order statistics chosen by binomial ranks, free of any distribution.
    case orderStatistics = "order_statistics"
    /// Wilson's score interval of a proportion.
    case wilson
    /// Wilson's interval with continuity correction (Newcombe 1998, method 4).
    case wilsonCC = "wilson_cc"
    /// Clopper and Pearson's exact interval of a proportion.
    case clopperPearson = "clopper_pearson"
    /// The equal-tailed posterior interval under Jeffreys' prior.
    case jeffreys
    /// Agresti and Coull's adjusted Wald interval.
    case agrestiCoull = "agresti_coull"
    /// Estimate plus and minus a normal deviate times the standard error.
    case wald
    /// Newcombe's hybrid score interval of a difference of proportions (1998, method 10).
    case newcombe
    /// The same from continuity-corrected Wilson limits (1998, method 11).
    case newcombeCC = "newcombe_cc"
    /// Katz's interval of a risk ratio on the logarithmic scale.
    case katz
    /// Woolf's interval of an odds ratio on the logarithmic scale.
    case woolf
    /// Garwood's exact interval of a Poisson rate.
    case garwood
    /// Fisher's transformation of a correlation.
    case fisher
    /// The same with the standard errors of Bonett and Wright for rank correlations.
    case bonettWright = "bonett_wright"
    /// Feldt's interval of Cronbach's alpha, on an F distribution.
    case feldt
    /// An intraclass correlation from limits of the ratio of two mean squares (Searle; Shrout and Fleiss).
    case meanSquares = "mean_squares"
    /// Quantiles of what resamples gave.
    case bootstrapPercentile = "bootstrap_percentile"
    /// The same turned round about the estimate.
    case bootstrapBasic = "bootstrap_basic"
    /// The same corrected for bias and acceleration.
    case bootstrapBCa = "bootstrap_bca"
    /// An empirical Bayes estimate and its conditional standard deviation, the variances taken as known.
    case shrunken
    /// Noncentralities of Student's t that leave the t at hand at either end.
    case noncentralT = "noncentral_t"
    /// Cliff's asymmetric interval of delta.
    case cliff
    /// Student's t on a regression's classical standard error.
    case regressionT = "regression_t"
    /// Student's t on a standard error that allows for clusters, without correction for few of them.
    case clusterCR0 = "cluster_cr0"
    /// The same with the correction G / (G - 1) (N - 1) / (N - k).
    case clusterCR1 = "cluster_cr1"
    /// Student's t with Satterthwaite's degrees of freedom on Bell and McCaffrey's bias-reduced standard error.
    case clusterCR2 = "cluster_cr2"
    /// Student's t on a standard error that allows for unequal variances.
    case heteroskedastic
    /// Student's t on Newey and West's standard error, which allows for autocorrelation.
    case neweyWest = "newey_west"
    /// Kaplan and Meier's survival on the scale of log(-log).
    case logLog = "log_log"
    /// The interval of a ratio of Poisson rates on the logarithmic scale.
    case rateRatioLog = "rate_ratio_log"
    /// The exact interval of a ratio of Poisson rates, given the sum of the events.
    case rateRatioExact = "rate_ratio_exact"
}

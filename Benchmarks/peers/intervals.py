"""The intervals of the peers: Student's t for means, Wilson's for shares, on arrays."""

import numpy
import scipy.stats

Z = scipy.stats.norm.ppf(0.975)


def of_mean(mean, deviation, n):
    """Low and high; NaN for fewer than two values."""
    n = numpy.asarray(n, dtype="float64")
    with numpy.errstate(invalid="ignore", divide="ignore"):
        sizes, where = numpy.unique(n, return_inverse=True)
        deviate = scipy.stats.t.ppf(0.975, sizes - 1)[where]
        margin = deviate * numpy.asarray(deviation, dtype="float64") / numpy.sqrt(n)
    return mean - margin, mean + margin


def of_share(successes, n):
    """Low and high; NaN for fewer than two values."""
    n = numpy.asarray(n, dtype="float64")
    successes = numpy.asarray(successes, dtype="float64")
    with numpy.errstate(invalid="ignore", divide="ignore"):
        share = successes / n
        center = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
        margin = Z / (1 + Z * Z / n) * numpy.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    too_few = n < 2
    low, high = numpy.maximum(center - margin, 0), numpy.minimum(center + margin, 1)
    return numpy.where(too_few, numpy.nan, low), numpy.where(too_few, numpy.nan, high)

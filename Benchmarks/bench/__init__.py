"""Plumbline beside its peers: generated data, alternating runs, medians of ratios, no number typed by hand."""

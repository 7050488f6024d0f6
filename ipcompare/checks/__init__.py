"""How far the results hold: gold standard, judgements, thresholds, other specifications."""

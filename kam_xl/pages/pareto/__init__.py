"""The page Pareto."""

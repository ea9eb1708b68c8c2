"""The page Scoring."""

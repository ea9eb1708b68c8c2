"""The page Divisions."""

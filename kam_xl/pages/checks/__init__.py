"""The page Checks."""

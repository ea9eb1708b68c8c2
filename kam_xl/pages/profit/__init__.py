"""The page Profit."""

"""The page Dashboard."""

"""The page At risk."""

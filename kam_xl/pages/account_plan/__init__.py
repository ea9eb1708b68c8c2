"""The page Account plan."""

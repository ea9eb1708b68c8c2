"""The page Rollout."""

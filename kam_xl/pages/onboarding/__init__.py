"""The page Onboarding."""

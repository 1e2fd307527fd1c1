"""The findings of a proposal, by subject; `completeness.check` runs them all."""

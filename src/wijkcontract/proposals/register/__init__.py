"""The register of subsidies beside the proposals: who reads it, and how a file of it is read (R14)."""

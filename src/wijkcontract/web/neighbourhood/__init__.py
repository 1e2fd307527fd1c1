"""What the pages of every audience share to show a neighbourhood: the map, the profile, the comparison (R1, R2)."""

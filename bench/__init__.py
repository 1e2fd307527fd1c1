"""What a page costs at a realistic volume: `make bench` (docs/running.md, "How fast")."""

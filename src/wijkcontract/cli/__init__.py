"""The console script. Each module here with a `COMMANDS` tuple adds its commands (see `command`)."""

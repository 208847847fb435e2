"""The engine: many submissions on many processes, each counted once."""

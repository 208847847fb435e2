"""The ledger: every submission, every result, in SQLite or PostgreSQL."""

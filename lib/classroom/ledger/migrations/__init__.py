"""How the ledger's tables came to be, one revision a file (Alembic)."""

"""The host's side of the sandbox: how it is built, started, asked and ended."""

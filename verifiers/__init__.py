"""The judges: they read Terms, never SymPy, and they alone construct verdicts."""

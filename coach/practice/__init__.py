"""Practice: marking the faults of a call against a key, and answering hard lines."""

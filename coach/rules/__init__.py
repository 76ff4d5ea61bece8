"""The operators of a playbook over turns, facts, speech and metadata."""

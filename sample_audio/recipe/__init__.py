"""Makes the sample calls from written scripts; a developer's tool that a clean clone never runs."""

"""The detector of speech at once: recipe, manifest and weights."""

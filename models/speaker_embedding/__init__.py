"""The voice embedding: recipe, manifest and weights."""

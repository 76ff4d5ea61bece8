"""The nouns of Call Coach: frozen dataclasses without input or output, numpy or a clock."""

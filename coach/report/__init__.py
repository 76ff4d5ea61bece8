"""A review as JSON, text or HTML."""

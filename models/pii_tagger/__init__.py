"""The recipe of the tagger of names, places and employers."""

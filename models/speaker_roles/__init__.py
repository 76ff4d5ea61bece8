"""The weights by which a party is known from what it says: recipe and measures."""

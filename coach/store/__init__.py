"""Reviews and recordings kept on this machine."""

from coach.store.reviews import ReviewStore, StoredCall

__all__ = ["ReviewStore", "StoredCall"]

"""Reviews and recordings kept on this machine."""

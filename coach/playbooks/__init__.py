"""Playbooks as YAML data, and the loader that checks them."""

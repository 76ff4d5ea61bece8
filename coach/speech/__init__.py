"""Samples to words, speakers, roles and the manner of speaking."""

"""Bytes to samples and back: probe, decode, channels, quality, clips, the microphone."""

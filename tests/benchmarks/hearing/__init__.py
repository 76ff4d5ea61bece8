"""What is heard, against plain faster-whisper: ``python -m tests.benchmarks.hearing``."""

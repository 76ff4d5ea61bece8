"""The low-rank adaptation of whisper-base to Mandarin telephone calls, and its recipe."""

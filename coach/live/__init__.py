"""A call that is coached while it goes on: from the sound device to cues, and to disk without a gap."""

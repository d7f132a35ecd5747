"""Runs: documents in, a corpus grown."""

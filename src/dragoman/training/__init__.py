"""Marked reports in, the trained reader out: ``train.train``. Needs the extra ``dragoman[train]``."""

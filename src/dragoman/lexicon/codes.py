"""The codes under which states of the past are filed."""

from __future__ import annotations

# Historical actors keep today's code; a breakaway region has that of the state that claims it (coding
# guide, 4).
TODAY = {
    "SUN": "RUS", "DDR": "DEU", "CSK": "CZE", "YUG": "SRB", "SCG": "SRB", "YMD": "YEM", "YAR": "YEM",
    "VDR": "VNM", "XAR": "AZE", "XAB": "GEO", "XSO": "GEO", "XTR": "MDA", "XNC": "CYP", "XSL": "SOM",
}  # fmt: skip

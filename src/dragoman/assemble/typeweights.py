"""What the type of an act says of whether two tellings of it are one: how common, how alike types are."""

from __future__ import annotations

BUSY = frozenset({"ASSAULT", "ACCUSE", "REQUEST", "CONSULT", "PROTEST", "REJECT", "THREATEN", "AGREE"})
"""Types of which one pair of states may have several a day."""
VERBAL = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"})
"""Acts done by saying something: the words of the passage tell them apart, and who speaks."""
SYMMETRIC = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Acts that parties do together, so that either may stand on either side."""
PRIOR = {
    "CONSULT": -0.4,
    "SANCTION": -0.3,
    "RETREAT": -0.7,
    "CONCEDE": -0.7,
    "AID": -1.0,
    "COOPERATE": -1.0,
    "SUPPORT": -1.2,
    "AGREE": -1.2,
    "MOBILIZE": -1.2,
    "COERCE": -1.2,
    "PROTEST": -1.7,
    "REJECT": -1.5,
    "THREATEN": -1.7,
    "REQUEST": -1.7,
    "ACCUSE": -1.8,
    "ASSAULT": -2.4,
}
"""Log odds that two acts of the type, of which nothing else is known, are one."""
KIN = {
    frozenset(pair.split("/"))
    for pair in (
        "AGREE/SUPPORT AGREE/COOPERATE AGREE/CONSULT AGREE/RETREAT AGREE/CONCEDE AGREE/AID SUPPORT/COOPERATE "
        "SUPPORT/CONSULT COOPERATE/AID COOPERATE/CONSULT RETREAT/CONCEDE RETREAT/AID SANCTION/COERCE "
        "SANCTION/REJECT SANCTION/CONCEDE SANCTION/RETREAT COERCE/ASSAULT COERCE/MOBILIZE ASSAULT/MOBILIZE "
        "ASSAULT/PROTEST COERCE/PROTEST MOBILIZE/COOPERATE MOBILIZE/RETREAT MOBILIZE/AID ACCUSE/REQUEST "
        "ACCUSE/REJECT ACCUSE/THREATEN ACCUSE/SANCTION REQUEST/THREATEN REQUEST/REJECT REQUEST/AGREE "
        "ACCUSE/PROTEST COERCE/RETREAT ACCUSE/COERCE"
    ).split()
}
"""Types that coders give to one act ('signed a truce': AGREE, SUPPORT or RETREAT)."""
KIN_COST = -1.2
OTHER_FAMILY_COST = -0.4
"""What it costs besides that the words for the act are of one kind only ('signed', 'concluded')."""
KINDS = {
    "pact": "agree sign truce cooperate",
    "contact": "visit meet phone mediate",
    "blow": "shell bomb raid ambush shoot kill fight attack ram gas launch",
    "capture": "abduct arrest confiscate",
    "ouster": "deport dismiss recall",
    "stop": "close suspend ban blockade sanction curfew sever",
    "leave": "withdraw surrender",
    "move": "deploy cross alert supply",
    "gift": "supply aid train rescue trade",
    "asking": "demand request",
    "blame": "accuse condemn investigate",
    "refusal": "reject veto boycott cancel",
    "easing": "lift ease concede free amnesty",
    "coup": "coup",
    "crowd": "protest strike riot occupy crackdown",
}
"""Families of words (``act_families.tsv``) that tell one act in different words, across types."""
KIND_OF = {family: kind for kind, families in KINDS.items() for family in families.split()}

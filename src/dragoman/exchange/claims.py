"""Events as linked data: PROV-O for what came of what, schema.org's Claim for who says so.

Each passage is a claim of its outlet, quoted from the claim of whom it cites, and so on to the innermost
source. An event is derived from its claims.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO
from urllib.parse import quote

from dragoman.exchange.happenings import Cited, Happening, Side

Node = dict[str, Any]
CONTEXT = {
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dragoman": "urn:dragoman:vocabulary:",
    "id": "@id",
    "type": "@type",
}
KINDS = {"person": "schema:Person", "office": "schema:Person", "body": "schema:Organization",
         "outlet": "schema:Organization", "document": "schema:CreativeWork"}  # fmt: skip
"""What a source is in schema.org; crowds and unnamed sources are things."""


def export_claims(happenings: Iterable[Happening], lines: TextIO, coder: str, version: int) -> int:
    """Writes one document with a graph, a node a line; gives back how many events it holds."""
    head = json.dumps(CONTEXT, ensure_ascii=False)
    lines.write(f'{{"@context": {head},\n"@graph": [\n')
    lines.write(json.dumps(assembling(coder, version), ensure_ascii=False))
    events = 0
    for happening in happenings:
        for node in nodes(happening):
            lines.write(",\n" + json.dumps(node, ensure_ascii=False))
        events += 1
    lines.write("\n]}\n")
    return events


def assembling(coder: str, version: int) -> Node:
    """What made the events: the coder, at the corpus' version."""
    return {
        "id": "urn:dragoman:assembling",
        "type": "prov:Activity",
        "prov:wasAssociatedWith": {
            "id": "urn:dragoman:coder",
            "type": "prov:SoftwareAgent",
            "schema:name": coder,
        },
        "dragoman:corpusVersion": version,
    }


def nodes(happening: Happening) -> list[Node]:
    """The node of an event, and those of its claims."""
    claims = [node for one in happening.cited for node in chain(one)]
    outer = [claim_id(one, 0) for one in happening.cited]
    event = {
        "id": f"urn:dragoman:event:{happening.id}",
        "type": ["prov:Entity", "schema:Event"],
        "schema:name": happening.title,
        "dragoman:eventType": happening.event_type,
        "dragoman:mode": happening.mode,
        "dragoman:context": list(happening.contexts),
        "dragoman:status": happening.status,
        "dragoman:actor": [party(one) for one in happening.actors],
        "dragoman:recipient": [party(one) for one in happening.recipients],
        "schema:startDate": day(happening.start),
        "schema:endDate": day(happening.end),
        "dragoman:datePrecision": happening.precision,
        "schema:location": location(happening),
        "dragoman:killedLow": happening.killed[0] if happening.killed else None,
        "dragoman:killedHigh": happening.killed[1] if happening.killed else None,
        "dragoman:score": happening.score,
        "dragoman:quadClass": happening.quad,
        "dragoman:origins": happening.origins,
        "dragoman:denials": happening.denials,
        "dragoman:confidence": happening.confidence,
        "prov:wasGeneratedBy": {"id": "urn:dragoman:assembling"},
        "prov:wasDerivedFrom": [{"id": one} for one in outer],
    }
    return [told(event), *claims]


def told(node: Node) -> Node:
    """The node without what is not told."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}


def day(value: Any) -> Node | None:
    """A day as a literal."""
    return {"@value": value.isoformat(), "@type": "xsd:date"} if value else None


def party(side: Side) -> Node:
    """An actor or recipient."""
    kind = "schema:Country" if side.country and side.name and not side.role else "prov:Agent"
    return told(
        {
            "type": kind,
            "schema:name": side.name,
            "dragoman:country": side.country,
            "dragoman:sector": side.sector,
            "schema:jobTitle": side.role,
        }
    )


def location(happening: Happening) -> Node | None:
    """Where it happened."""
    site = happening.site
    if site is None:
        return None
    geo = {"type": "schema:GeoCoordinates", "schema:latitude": site.lat, "schema:longitude": site.lon}
    return told(
        {
            "type": "schema:Place",
            "schema:name": site.name,
            "schema:addressCountry": site.country,
            "schema:geo": geo if site.lat is not None else None,
            "schema:sameAs": f"https://sws.geonames.org/{site.geonames_id}/" if site.geonames_id else None,
            "dragoman:precision": site.precision,
        }
    )


def claim_id(one: Cited, depth: int) -> str:
    """The name of a claim: of the passage as printed (0), or of one whom it cites."""
    name = quote(one.mention_id, safe="")
    return f"urn:dragoman:mention:{name}" + (f":source:{depth}" if depth else "")


def chain(one: Cited) -> list[Node]:
    """The claims of one passage, the outlet's first, each quoted from the next one inside."""
    speakers = list(reversed(one.chain))
    if speakers and one.outlet and speakers[0][0].casefold() == one.outlet.casefold():
        speakers = speakers[1:]
    found = [printed(one, bool(speakers))]
    for depth, (name, kind, country, verb, stance) in enumerate(speakers, start=1):
        found.append(
            told(
                {
                    "id": claim_id(one, depth),
                    "type": ["schema:Claim", "prov:Entity"],
                    "prov:wasAttributedTo": told(
                        {
                            "type": ["prov:Agent", KINDS.get(kind, "schema:Thing")],
                            "schema:name": name,
                            "dragoman:sourceKind": kind,
                            "dragoman:country": country,
                        }
                    ),
                    "dragoman:verb": verb,
                    "dragoman:stance": stance,
                    "prov:wasQuotedFrom": {"id": claim_id(one, depth + 1)} if depth < len(speakers) else None,
                }
            )
        )
    return found


def printed(one: Cited, cites: bool) -> Node:
    """The claim as its outlet printed it."""
    outlet = told({"type": ["prov:Agent", "schema:Organization"], "schema:name": one.outlet})
    report = {
        "id": f"urn:dragoman:document:{one.document_id}",
        "type": ["schema:NewsArticle", "prov:Entity"],
        "schema:headline": one.headline,
        "schema:url": one.address,
        "schema:datePublished": day(one.published),
        "schema:publisher": outlet if one.outlet else None,
    }
    return told(
        {
            "id": claim_id(one, 0),
            "type": ["schema:Claim", "prov:Entity"],
            "schema:text": one.words,
            "schema:appearance": told(report),
            "prov:wasAttributedTo": outlet if one.outlet else None,
            "prov:wasQuotedFrom": {"id": claim_id(one, 1)} if cites else None,
            "dragoman:triggerStart": one.start,
            "dragoman:triggerEnd": one.end,
            "dragoman:confidence": one.confidence,
        }
    )

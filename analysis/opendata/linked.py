"""The register and the evidence of claims as linked data: Linked Places, schema.org, Web
Annotation.

Every address is relative to the folder, so that it holds wherever the folder is put.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.backwards import stated
from analysis.citation import citation
from analysis.claims import Claim, verdict
from analysis.edition import linked_file
from analysis.evidence import Evidence
from analysis.session import Session

#: Linked Places format 1.1 (github.com/LinkedPasts/linked-places-format), a form of GeoJSON.
PLACES = (
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/"
    "linkedplaces-context-v1.1.jsonld"
)
#: Web Annotation Data Model, W3C Recommendation of 23 February 2017 (w3.org/TR/annotation-model).
ANNOTATION = "http://www.w3.org/ns/anno.jsonld"
SCHEMA = "https://schema.org/"
WIKIDATA, GEONAMES = "http://www.wikidata.org/entity/{}", "https://sws.geonames.org/{}/"
#: GeoNames' feature classes, which the format takes from 1.3 on, by the kinds of the register.
CLASSES = {
    "country": "A",
    "former-country": "A",
    "city": "P",
    "village": "P",
    "region": "L",
    "building": "S",
}
AROUND = 32  # characters before and after a quotation, to tell it from others alike


def written(data: dict[str, Any]) -> str:
    """Data as JSON."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def entry(session: Session, who: str) -> str:
    """The address of an entry of the register, in the edition."""
    return f"{session.edition.path.name}#{who}"


def same(row: Any) -> list[str]:
    """The addresses of a place in Wikidata and in GeoNames, where the edition names them."""
    known = ((WIKIDATA, row.wikidata), (GEONAMES, row.geonames))
    return [form.format(name) for form, name in known if isinstance(name, str) and name]


# The register -------------------------------------------------------------------------------------


def places(session: Session) -> dict[str, Any]:
    """The places of the register as Linked Places: GeoJSON with names, sources and links."""
    return {
        "type": "FeatureCollection",
        "@context": PLACES,
        "features": [place(session, row) for row in session.places.itertuples()],
    }


def place(session: Session, row: Any) -> dict[str, Any]:
    """A place: its names, each as it is written and where; a point where the edition has one."""
    day = {"timespans": [{"start": {"in": date}}]} if (date := held_on(session)) else None
    forms = session.mentions.query("kind == 'place' and entity == @row.place and type == 'toponym'")
    names = [(row.name, entry(session, row.place), citation(session))]
    for form, some in forms.groupby("form", sort=False):
        first = some.sentence.iloc[0]
        names.append((str(form), entry(session, first), f"{citation(session)}, sentence {first}"))
    seen: dict[str, Any] = {}
    for name, address, label in names:
        told = {"toponym": name, "lang": "en", "citations": [{"label": label, "@id": address}]}
        seen.setdefault(name, told | ({"when": day} if day else {}))
    points = [] if pd.isna(row.latitude) else [[row.longitude, row.latitude]]
    shown = {"title": row.name, "kind": row.kind, "mentions": int(row.mentions)}
    if row.kind in CLASSES:
        shown["fclasses"] = [CLASSES[row.kind]]
    return {
        "@id": entry(session, row.place),
        "type": "Feature",
        "properties": shown,
        "names": list(seen.values()),
        "geometry": {
            "type": "GeometryCollection",
            "geometries": [{"type": "Point", "coordinates": point} for point in points],
        },
        "links": [{"type": "exactMatch", "identifier": address} for address in same(row)],
    }


def held_on(session: Session) -> str:
    """The day of the session, as the heading dates it; empty where it does not."""
    dates = session.mentions.query("kind == 'date' and layer == 'heading' and type == 'date'")
    return str(dates.entity.iloc[0]) if len(dates) else ""


def register(session: Session) -> dict[str, Any]:
    """People, bodies and places as schema.org has them; links where the edition names them."""
    graph: list[dict[str, Any]] = []
    for row in session.people.itertuples():
        one = {"@id": entry(session, row.person), "@type": "Person", "name": row.name}
        graph.append(one | ({"description": row.role} if isinstance(row.role, str) else {}))
    for row in session.organisations.itertuples():
        kind = {"additionalType": row.kind} if isinstance(row.kind, str) else {}
        one = {"@id": entry(session, row.organisation), "@type": "Organization", "name": row.name}
        graph.append(one | kind)
    for row in session.places.itertuples():
        one = {"@id": entry(session, row.place), "@type": "Place", "name": row.name}
        if not pd.isna(row.latitude):
            point = {"latitude": row.latitude, "longitude": row.longitude}
            one |= {"geo": {"@type": "GeoCoordinates", **point}}
        graph.append(one | ({"sameAs": links} if (links := same(row)) else {}))
    return {"@context": SCHEMA, "@graph": graph}


# Evidence -----------------------------------------------------------------------------------------


def claims_as_annotations(session: Session) -> dict[str, Any]:
    """The claims, each an annotation of the passages of the transcript that it rests on."""
    items = [annotation(session, claim) for claim in stated(session)[1].values()]
    return {
        "@context": ANNOTATION,
        "id": "claims.jsonld",
        "type": "AnnotationCollection",
        "label": f"The evidence of what is claimed: {session.title}",
        "total": len(items),
        "first": {"id": "claims.jsonld#page", "type": "AnnotationPage", "items": items},
    }


def annotation(session: Session, claim: Claim) -> dict[str, Any]:
    """A claim, what it rests on, and its passages; of a claim that there are none, the layer."""
    told = ((claim.says, "describing"), (verdict(session, claim).phrase, "assessing"))
    found = list(stretches_of(session, claim.evidence)) or whole(session)
    return {
        "id": f"claims.jsonld#{claim.name}",
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {
                "type": "TextualBody",
                "value": says,
                "format": "text/plain",
                "language": "en",
                "purpose": why,
            }
            for says, why in told
        ],
        "target": [target(session, start, end) for start, end in found],
    }


def stretches_of(session: Session, evidence: Evidence) -> Iterator[tuple[int, int]]:
    """The places of rows in the transcript; rows with no word or line between are one passage."""
    rows = evidence.rows(session).sort_values("start")
    text, last = session.edition.transcript, None
    for start, end in zip(rows.start, rows.end):
        if last and not re.search(r"[\w\n]", text[last[1] : start]):
            last = (last[0], max(last[1], int(end)))
            continue
        if last:
            yield last
        last = (int(start), int(end))
    if last:
        yield last


def whole(session: Session) -> list[tuple[int, int]]:
    """The place of all that was said."""
    said = session.sentences.query("layer == 'session'")
    return [(int(said.start.min()), int(said.end.max()))]


def target(session: Session, start: int, end: int) -> dict[str, Any]:
    """A passage of the transcript, by its place (characters from 0) and by its words."""
    text = session.edition.transcript
    path = linked_file(session.edition.root, "transcript", session.edition.path)
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    return {
        "type": "SpecificResource",
        "source": path.relative_to(session.edition.path.parent).as_posix() if path else "",
        "selector": [{"type": "TextPositionSelector", "start": start, "end": end}, quote],
    }

"""An RO-Crate 1.1 (w3id.org/ro/crate/1.1): what is in the folder, by whom, and who may use it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from analysis.citation import citation
from analysis.schema import TABLES
from analysis.session import Session
from analysis.tei import closed_up

CRATE = "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/crate/1.1"
FORMATS = {
    ".bib": "application/x-bibtex",
    ".csv": "text/csv",
    ".geojson": "application/geo+json",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".rng": "application/xml",
    ".toml": "application/toml",
    ".txt": "text/plain",
    ".xml": "application/tei+xml",
}
#: What files conform to: what it is called, by its address.
STANDARDS = {
    "https://www.tei-c.org/release/doc/tei-p5-doc/en/html/index.html": "TEI P5",
    "https://specs.frictionlessdata.io/tabular-data-package/": "Tabular Data Package 1",
    "https://github.com/LinkedPasts/linked-places-format": "Linked Places format 1.1",
    "https://www.w3.org/TR/annotation-model/": "Web Annotation Data Model",
}
TEI_P5, PACKAGE, PLACES, ANNOTATIONS = STANDARDS
#: What a file or a folder is, and what it conforms to; the edition and its tables say it otherwise.
ABOUT = {
    CRATE: ("This list, for programmes (RO-Crate)", ""),
    "README.md": ("What lies here and how it was made: sources, rights, codebook, decisions", ""),
    "claims.toml": ("The results and claims that are asked under every reading", ""),
    "claims.jsonld": ("The evidence of each claim, passage by passage", ANNOTATIONS),
    "places.geojson": ("The places of the register", PLACES),
    "register.jsonld": ("People, bodies and places of the register, for schema.org", ""),
    "tables/datapackage.json": ("What the columns of the tables are", PACKAGE),
    "readings/datapackage.json": ("What the columns of results and claims are", PACKAGE),
    "readings/results.csv": ("Every result under every reading that can change it", ""),
    "readings/claims.csv": ("Whether each claim holds, under every reading that can change it", ""),
    "context/people.toml": ("Who was who: office, way into the text, later life, with sources", ""),
    "context/references.bib": ("The bibliography, with how far each work was read", ""),
    "geography/README.md": ("Where the shapes come from, and their limits", ""),
    "tables/": ("The edition as tables, a row for each thing that is counted", ""),
    "readings/": ("Results and claims under other editorial decisions", ""),
    "source/": ("The transcript that the edition rests on", ""),
    "schema/": ("The grammar of the edition", ""),
    "context/": ("What other sources say of the people, with a bibliography", ""),
    "geography/": ("The states of the time as shapes for a map", ""),
}


def about(session: Session, name: str) -> tuple[str, str]:
    """What a file or folder is, and the address of what it conforms to (or "")."""
    path = PurePosixPath(name)
    if name in ABOUT:
        return ABOUT[name]
    if path.name == session.edition.path.name:
        return session.title, TEI_P5
    if path.parts[0] == "tables" and path.stem in TABLES:
        return TABLES[path.stem].meaning, ""
    if path.suffix == ".toml" and len(path.parts) == 1:
        return "The families of terms, with the reason of each", ""
    return ABOUT.get(f"{path.parts[0]}/", (name, ""))


def folders(files: Mapping[str, Any]) -> list[str]:
    """The folders in the folder, each with a slash at its end."""
    return list(dict.fromkeys(f"{name.partition('/')[0]}/" for name in files if "/" in name))


def part(session: Session, name: str, size: int | None) -> dict[str, Any]:
    """The entity of a file, or of a folder where it has no size."""
    says, standard = about(session, name)
    entity: dict[str, Any] = {
        "@id": name,
        "@type": "Dataset" if size is None else "File",
        "name": PurePosixPath(name).name,
        "description": says,
    }
    if size is not None:
        form = FORMATS.get(PurePosixPath(name).suffix, "application/octet-stream")
        entity |= {"encodingFormat": form, "contentSize": str(size)}
    return entity | ({"conformsTo": {"@id": standard}} if standard else {})


def crate(session: Session, files: Mapping[str, str | bytes]) -> dict[str, Any]:
    """The metadata of a folder of these files."""
    edition = session.edition
    tops = [name for name in files if "/" not in name]
    entities = [part(session, name, len(encoded(text))) for name, text in files.items()]
    inside = [part(session, name, None) for name in folders(files)]
    for folder in inside:
        some = [name for name in files if name.startswith(folder["@id"])]
        folder["hasPart"] = [{"@id": name} for name in some]
    used = {one["conformsTo"]["@id"] for one in entities if "conformsTo" in one}
    licences = {
        one.get("target"): closed_up("".join(one.itertext())) for one in edition.find(".//licence")
    }
    terms = " ".join(closed_up("".join(p.itertext())) for p in edition.find(".//availability/p"))
    rights = [
        {
            "@id": address,
            "@type": "CreativeWork",
            "name": "Licence of the encoding",
            "description": says,
        }
        for address, says in licences.items()
    ]
    if terms or not rights:
        says = terms or "No licence is known."
        rights.append(
            {"@id": "#rights", "@type": "CreativeWork", "name": "Rights", "description": says}
        )
    dates = (date.get("when") for date in edition.find(".//editionStmt/edition/date"))
    written = datetime.date.fromtimestamp(edition.path.stat().st_mtime)
    publisher = edition.note(".//publicationStmt/publisher")
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": session.title,
        "description": "The edition as TEI, as tables and as linked data; what is counted in it "
        "has its place in the transcript.",
        "datePublished": next(dates, None) or written.isoformat(),
        "citation": citation(session),
        "license": [{"@id": one["@id"]} for one in rights],
        "hasPart": [{"@id": name} for name in [*tops, *folders(files)]],
    }
    people = []
    if publisher:
        root["publisher"] = {"@id": "#publisher"}
        people.append({"@id": "#publisher", "@type": "Organization", "name": publisher})
    standards = [
        {"@id": address, "@type": "CreativeWork", "name": name}
        for address, name in STANDARDS.items()
        if address in used
    ]
    descriptor = {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": PROFILE},
        "about": {"@id": "./"},
    }
    graph = [descriptor, root, *entities, *inside, *people, *rights, *standards]
    return {"@context": f"{PROFILE}/context", "@graph": graph}


def encoded(text: str | bytes) -> bytes:
    """A file's bytes."""
    return text.encode() if isinstance(text, str) else text

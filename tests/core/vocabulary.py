"""The words of schema.org that pages may use: of each type, its own and those of what it is a kind of.

Copied from the vocabulary by hand, only what is of use to a clinic: a new word belongs here first, after a
look whether it means what we mean.
"""

THING = {"@type", "@id", "name", "url", "description", "image", "sameAs", "identifier"}
CREATIVE = THING | {
    "about", "author", "citation", "dateModified", "datePublished", "headline", "inLanguage", "isPartOf",
    "keywords", "mainEntity", "mainEntityOfPage", "publisher",
}  # fmt: skip
PAGE = CREATIVE | {"lastReviewed", "reviewedBy", "primaryImageOfPage", "breadcrumb"}
ORGANIZATION = THING | {"telephone", "email", "address", "parentOrganization", "logo"}
MEDICAL = THING | {"legalStatus"}
WORDS = {
    "WebSite": CREATIVE,
    "WebPage": PAGE,
    "MedicalWebPage": PAGE | {"medicalAudience"},
    "ProfilePage": PAGE,
    "BlogPosting": CREATIVE,
    "BreadcrumbList": THING | {"itemListElement"},
    "ListItem": THING | {"position", "item"},
    "MedicalClinic": ORGANIZATION | {"openingHoursSpecification", "specialOpeningHoursSpecification"},
    "PostalAddress": THING
    | {"streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry"},
    "OpeningHoursSpecification": THING | {"dayOfWeek", "opens", "closes", "validFrom", "validThrough"},
    "Person": THING | {"jobTitle", "worksFor", "hasCredential", "knowsLanguage"},
    "EducationalOccupationalCredential": CREATIVE | {"credentialCategory", "recognizedBy"},
    "MedicalTherapy": MEDICAL | {"contraindication", "adverseOutcome", "seriousAdverseOutcome"},
    "MedicalEntity": MEDICAL,
}


def faults(graph):
    """Return what the vocabulary doesn't know, what is empty, and what is pointed at in vain."""
    found = [] if graph.keys() == {"@context", "@graph"} else ["not one graph"]
    nodes = [node for top in graph["@graph"] for node in _nodes(top)]
    names = {node["@id"] for node in nodes if "@type" in node and "@id" in node}
    for node in nodes:
        kind = node.get("@type")
        if kind is None:
            if node.keys() != {"@id"} or node["@id"] not in names:
                found.append(f"a pointer to nothing: {node}")
            continue
        found += [f"{kind} has no {word}" for word in node if word not in WORDS.get(kind, ())]
        found += [
            f"{kind} with an empty {word}" for word, value in node.items() if value in ("", None, [], {})
        ]
    return found


def _nodes(value):
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item)
    elif isinstance(value, dict):
        yield value
        for item in value.values():
            yield from _nodes(item)

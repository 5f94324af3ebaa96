"""What the demo's pages share: statements on approval, sources, topics."""

from datetime import date

from blog.models import BlogTopic
from clinic.core.models import Reference, RegulatoryStatement

CHECKED_ON = date(2026, 11, 22)
EXPIRES_ON = date(2027, 11, 22)
FDA_ALERT = (
    "FDA, alert of October 10, 2023, on compounded ketamine",
    "https://www.fda.gov/drugs/human-drug-compounding/fda-warns-patients-and-health-care-providers-about-"
    "potential-risks-associated-compounded-ketamine",
)
SPRAVATO_LABEL = (
    "Label of esketamine (Spravato), March 13, 2026",
    "https://www.accessdata.fda.gov/scripts/cder/daf/",
)

# Short name: name for editors, text, source.
STATEMENTS = {
    "standing-line": (
        "Ketamine: approval and off-label use",
        "In the United States ketamine is approved as an anesthetic. Use for depression, anxiety, PTSD or"
        " pain is “off-label”: legal when a clinician decides it may help, but not reviewed by the FDA"
        " for that purpose. It helps some people, not everyone, and the effect may not last.",
        FDA_ALERT,
    ),
    "esketamine": (
        "Esketamine (Spravato) is another medicine",
        "Esketamine (Spravato) is a different medicine with an approval of its own, for adults with"
        " certain kinds of depression. It is given only in certified places, where people are watched for"
        " at least two hours, and they can't drive until the next day. It has not been shown to prevent"
        " suicide. What was found for it can't simply be said of ketamine.",
        SPRAVATO_LABEL,
    ),
    "compounded": (
        "Compounded ketamine: warning of 2023",
        "Compounded ketamine is not FDA-approved. In October 2023 the FDA warned about it. It named"
        " misuse, psychiatric events, raised blood pressure, slowed breathing and bladder problems, and"
        " said that using it at home, with nobody to watch, adds to the risk.",
        FDA_ALERT,
    ),
}
# Short name: citation with what was read of it, address.
REFERENCES = {
    "sanacora-2017": (
        "Sanacora G, Frye MA, McDonald W, et al. A consensus statement on the use of ketamine in the"
        " treatment of mood disorders. JAMA Psychiatry 2017;74:399–405. We read the abstract.",
        "https://jamanetwork.com/journals/jamapsychiatry/article-abstract/2605202",
    ),
    "mcintyre-2021": (
        "McIntyre RS, Rosenblat JD, Nemeroff CB, et al. Synthesizing the evidence for ketamine and"
        " esketamine in treatment-resistant depression. American Journal of Psychiatry 2021;178:383–399."
        " We read the abstract.",
        "https://doi.org/10.1176/appi.ajp.2020.20081251",
    ),
    "crane-2023": (
        "Crane MA, DiStefano MJ, Moore TJ. False or misleading claims in online direct-to-consumer ketamine"
        " advertising in Maryland. JAMA Network Open 2023;6(11):e2342210. We read the abstract.",
        "https://doi.org/10.1001/jamanetworkopen.2023.42210",
    ),
    "chilukuri-2014": (
        "Chilukuri H, Reddy NP, Pathapati RM, et al. Acute antidepressant effects of intramuscular versus"
        " intravenous ketamine. Indian Journal of Psychological Medicine 2014;36:71–76. We read the"
        " abstract.",
        "https://doi.org/10.4103/0253-7176.127258",
    ),
    "fda-2023": (
        "U.S. Food and Drug Administration. Alert on potential risks of compounded ketamine products."
        " October 10, 2023. We read a stored copy.",
        FDA_ALERT[1],
    ),
    "spravato-2026": (
        "Esketamine (Spravato) nasal spray, prescribing information. March 13, 2026. We read excerpts.",
        SPRAVATO_LABEL[1],
    ),
    "cfr-149-610": (
        "45 CFR 149.610: good faith estimates for people who have no insurance or don't use it."
        " We read a summary.",
        "https://www.ecfr.gov/current/title-45/section-149.610",
    ),
}
TOPICS = {"safety": "Safety", "visits": "Visits", "therapy": "Therapy", "choosing": "Choosing care"}


def build_snippets(demo):
    """Add the statements, sources and topics that are missing."""
    for short, (name, text, (title, url)) in STATEMENTS.items():
        source = {"source_title": title, "source_url": url}
        days = {"checked_on": CHECKED_ON, "expires_on": EXPIRES_ON}
        demo.statements[short], _ = RegulatoryStatement.objects.get_or_create(
            name=name, defaults={"text": text, **source, **days}
        )
    for short, (citation, url) in REFERENCES.items():
        demo.references[short], _ = Reference.objects.get_or_create(
            citation=citation, defaults={"url": url, "checked_on": CHECKED_ON}
        )
    for slug, name in TOPICS.items():
        demo.topics[slug], _ = BlogTopic.objects.get_or_create(slug=slug, defaults={"name": name})

"""The papers for developers hold together: places they name are there, and decisions say how they stand."""

import re
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.once
ROOT = Path(settings.BASE_DIR)
PAPERS = sorted(path.relative_to(ROOT) for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
FOLDERS = "blog|clinic|consults|deploy|docs|static|templates|tests"
PLACE = re.compile(rf"`((?:{FOLDERS})/[\w./-]*)`")
LINK = re.compile(r"\]\(([^)#\s:]*)(?:#([\w-]+))?\)")
DATE = r"\d{4}-\d\d-\d\d"
DECISION = re.compile(rf"- \*\*({DATE}) · (stands|stands in part|replaced {DATE}) · (.+?)\*\*")


def text_of(paper):
    return (ROOT / paper).read_text(encoding="utf-8")


def anchors_of(text):
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("paper", PAPERS, ids=str)
def test_every_place_that_a_paper_names_is_there(paper):
    missing = [place for place in PLACE.findall(text_of(paper)) if not (ROOT / place).exists()]
    assert missing == []


@pytest.mark.parametrize("paper", PAPERS, ids=str)
def test_every_link_between_papers_leads_to_a_heading_that_is_there(paper):
    for target, anchor in LINK.findall(text_of(paper)):
        found = (ROOT / paper).parent / target if target else ROOT / paper
        assert found.exists(), target
        assert not anchor or anchor in anchors_of(found.read_text(encoding="utf-8")), f"{target}#{anchor}"


def test_every_decision_has_a_date_and_a_state():
    text = text_of("docs/decisions.md").partition("\n## Contents\n")[2]
    lines = [line for line in text.splitlines() if line.startswith("- **")]
    assert lines
    assert [line for line in lines if not DECISION.match(line)] == []


def test_the_contents_of_the_decisions_name_every_subject_in_its_order():
    text = text_of("docs/decisions.md")
    subjects = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert subjects[0] == "Contents"
    assert re.findall(r"^- \[(.+?)\]\(#", text, re.MULTILINE) == subjects[1:]


def test_decisions_that_no_longer_stand_as_they_are_say_what_does():
    text = text_of("docs/decisions.md").partition("\n## Contents\n")[2]
    decisions = re.split(r"\n(?=- \*\*|## )", text)
    titles = {found[3].rstrip(".,:;") for decision in decisions if (found := DECISION.match(decision))}
    changed = [d for d in decisions if (found := DECISION.match(d)) and found[2] != "stands"]
    assert changed
    for decision in changed:
        _, arrow, instead = " ".join(decision.split()).partition(" → ")
        assert arrow and instead, decision
        assert {named.rstrip(".,:;") for named in re.findall(r"\*(.+?)\*", instead)} <= titles, instead

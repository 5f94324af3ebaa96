"""What the builders share: what was built so far, and how to add to it."""

import re
from dataclasses import dataclass, field

from django.conf import settings

from clinic.core.live_rules import MayNotGoLive
from clinic.core.models import ClinicalFields, HomePage
from clinic.review.digests import digest_of
from clinic.review.models import Sample

PAGE_LINK = re.compile(r'<a page="([\w-]+)">')


@dataclass
class Demo:
    """Everything built so far, by slug or short name."""

    pages: dict = field(default_factory=dict)
    pictures: dict = field(default_factory=dict)
    documents: dict = field(default_factory=dict)
    statements: dict = field(default_factory=dict)
    references: dict = field(default_factory=dict)
    questions: dict = field(default_factory=dict)
    topics: dict = field(default_factory=dict)
    new: set = field(default_factory=set)  # keys of the pages that this run made

    def has_home(self):
        """Whether the demo was built before."""
        return HomePage.objects.exists()

    def page(self, parent, model, slug, *, is_draft=False, **fields):
        """Return the page ``slug`` below ``parent``; make it, and publish it, if it isn't there yet."""
        page = model.objects.child_of(parent).filter(slug=slug).first()
        if page is None:
            page = parent.add_child(instance=model(slug=slug, live=False, **fields))
            self.new.add(page.pk)
        if page.pk in self.new:
            self.publish(page, is_draft=is_draft)
        else:
            # A demonstration of a release before has none yet.
            Sample.objects.get_or_create(page=page.page_ptr, defaults={"digest": _digest_of(page)})
        self.pages[slug] = page
        return page

    def fill(self, slug, **fields):
        """Complete a page of this run, now that what it links to is there; leave older pages alone."""
        built = self.pages[slug]
        if built.pk not in self.new:
            return
        page = type(built).objects.get(pk=built.pk)
        for name, value in fields.items():
            setattr(page, name, value)
        self.publish(page)
        self.pages[slug] = page

    def publish(self, page, *, is_draft=False):
        """Publish a page as it is in memory, or schedule it where its day is in the future.

        On a site that is no demonstration, a medical sample waits for a clinician like everybody's drafts.
        """
        revision = page.save_revision()
        written = {"digest": _digest_of(revision.as_object())}
        Sample.objects.update_or_create(page=page.page_ptr, defaults=written)
        if is_draft:
            return
        try:
            revision.publish()
        except MayNotGoLive:
            if settings.DEMO_MODE:
                raise

    def text(self, html):
        """Return rich text: lines joined, and ``<a page="fees">`` turned into a link to that page."""
        joined = " ".join(html.split())
        return PAGE_LINK.sub(lambda link: self._link(link[1]), joined)

    def sections(self, *parts):
        """Return blocks for headings with their text: pairs of words and HTML."""
        blocks = []
        for heading, html in parts:
            blocks += [("heading", {"text": heading}), ("text", self.text(html))]
        return blocks

    def faqs(self, heading, *names):
        """Return a block with questions from the list of questions."""
        return ("faqs", {"heading": heading, "entries": [self.questions[name] for name in names]})

    def figure(self, name, *, caption, alt):
        """Return a block with one of our pictures, described for those who can't see it."""
        image = self.pictures[name]
        image.contextual_alt_text = alt
        image.decorative = False
        return ("figure", {"image": image, "caption": caption, "source": "Our own drawing"})

    def cite(self, *names):
        """Return references in the order of their numbers in the text."""
        return [("reference", self.references[name]) for name in names]

    def _link(self, slug):
        return f'<a linktype="page" id="{self.pages[slug].pk}">'


def _digest_of(page):
    """Return the digest of a page that has medical text; nothing for others, which no rule asks for it."""
    return digest_of(page) if isinstance(page, ClinicalFields) else ""

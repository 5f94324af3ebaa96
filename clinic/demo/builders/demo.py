"""What the builders share: what was built so far, and how to add to it."""

import re
from dataclasses import dataclass, field

from clinic.core.models import HomePage

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
            revision = page.save_revision()
            if not is_draft:
                # With a day in the future this schedules the page instead.
                revision.publish()
            self.new.add(page.pk)
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
        page.save_revision().publish()
        self.pages[slug] = page

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

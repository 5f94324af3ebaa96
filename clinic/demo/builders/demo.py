"""What the builders share: what was built so far, and how to add to it."""

from dataclasses import dataclass, field

from django.utils.html import format_html

from clinic.core.models import HomePage


@dataclass
class Demo:
    """Everything built so far, by slug or short name."""

    pages: dict = field(default_factory=dict)
    pictures: dict = field(default_factory=dict)
    statements: dict = field(default_factory=dict)
    references: dict = field(default_factory=dict)
    questions: dict = field(default_factory=dict)
    topics: dict = field(default_factory=dict)

    def has_home(self):
        """Whether the demo was built before."""
        return HomePage.objects.exists()

    def page(self, parent, model, slug, **fields):
        """Return the page ``slug`` below ``parent``, published now if it isn't there yet."""
        page = model.objects.child_of(parent).filter(slug=slug).first()
        if page is None:
            page = parent.add_child(instance=model(slug=slug, **fields))
            page.save_revision().publish()
        self.pages[slug] = page
        return page

    def link(self, slug, text):
        """Return a rich-text link to a page that was built before."""
        return format_html('<a linktype="page" id="{}">{}</a>', self.pages[slug].pk, text)

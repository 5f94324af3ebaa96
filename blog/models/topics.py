"""What posts are about."""

from django.db import IntegrityError, models, transaction
from django.utils.text import slugify
from wagtail.admin.panels import FieldPanel

LONGEST_NAME = 60
# What an address is called whose name has no letter for one, such as a lone emoji.
NAMELESS = "topic"


class BlogTopicManager(models.Manager):
    """Topics by their names."""

    def named(self, name):
        """Return the topic of this name however it is capitalised, made if there is none."""
        return self._find(name) or self._make(name)

    def _find(self, name):
        # Not asked of the database: SQLite knows capitals of ASCII alone.
        return next((topic for topic in self.all() if topic.name.casefold() == name.casefold()), None)

    def _make(self, name):
        try:
            with transaction.atomic():
                return self.create(name=name, slug=self._free_slug(name))
        except IntegrityError:
            if found := self._find(name):
                # Somebody made it in the same moment.
                return found
            raise

    def _free_slug(self, name):
        wanted = slugify(name)[: LONGEST_NAME - 4] or NAMELESS
        taken = set(self.filter(slug__startswith=wanted).values_list("slug", flat=True))
        return next(slug for slug in _numbered(wanted) if slug not in taken)


def _numbered(slug):
    yield slug
    number = 2
    while True:
        yield f"{slug}-{number}"
        number += 1


class BlogTopic(models.Model):
    """A topic with a list of posts of its own."""

    name = models.CharField(max_length=LONGEST_NAME, unique=True)
    slug = models.SlugField(
        max_length=LONGEST_NAME, unique=True, help_text="The topic's part of the address."
    )

    objects = BlogTopicManager()

    panels = [FieldPanel("name"), FieldPanel("slug")]

    class Meta:
        ordering = ["name"]
        verbose_name = "topic"

    def __str__(self):
        return self.name

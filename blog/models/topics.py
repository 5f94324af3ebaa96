"""What posts are about."""

from django.db import models
from wagtail.admin.panels import FieldPanel


class BlogTopic(models.Model):
    """A topic with a list of posts of its own."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True, help_text="The topic's part of the address.")

    panels = [FieldPanel("name"), FieldPanel("slug")]

    class Meta:
        ordering = ["name"]
        verbose_name = "topic"

    def __str__(self):
        return self.name

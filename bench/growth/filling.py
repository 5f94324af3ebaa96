"""Posts in any number: copies of a real one, each with a title and a day of its own."""

from copy import copy
from datetime import timedelta
from uuid import uuid4

from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page

from blog.models import BlogIndexPage, BlogPage


def fill(posts):
    """Add as many copies as are missing to this number of posts."""
    missing = posts - BlogPage.objects.count()
    if missing > 0:
        _copy(BlogPage.objects.live().newest_first().last(), missing)
    return BlogPage.objects.count()


@transaction.atomic
def _copy(sample, missing):
    index = BlogIndexPage.objects.get()
    original = Page.objects.get(pk=sample.pk)
    numbers = range(index.numchild + 1, index.numchild + 1 + missing)
    made = Page.objects.bulk_create([_copy_page(original, index, n) for n in numbers], batch_size=500)
    Page.objects.filter(pk=index.pk).update(numchild=index.numchild + missing)
    _copy_rows(sample, [page.pk for page in made])


def _copy_page(original, index, number):
    page = copy(original)
    page.pk = page.latest_revision_id = page.live_revision_id = None
    page.path = Page._get_path(index.path, index.depth + 1, number)
    page.slug, page.title = f"quiet-{number}", f"A quiet morning quiet{number}"
    page.draft_title, page.url_path = page.title, f"{index.url_path}{page.slug}/"
    page.translation_key = uuid4()
    return page


def _copy_rows(sample, keys):
    """Django makes rows of a child table one by one only, and tells everybody of each."""
    own = [field for field in BlogPage._meta.local_concrete_fields if not field.primary_key]
    columns = [BlogPage._meta.pk.column, *(field.column for field in own)]
    names = ", ".join(map(connection.ops.quote_name, columns))
    marks = ", ".join(["%s"] * len(columns))
    today = timezone.localdate()
    rows = []
    for place, key in enumerate(keys):
        sample.published_on = today - timedelta(days=place + 1)
        values = [field.get_db_prep_save(field.pre_save(sample, False), connection) for field in own]
        rows.append([key, *values])
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {BlogPage._meta.db_table} ({names}) VALUES ({marks})", rows)  # noqa: S608
    through = BlogPage.topics.through
    topics = list(sample.topics.values_list("pk", flat=True))
    through.objects.bulk_create(
        [through(blogpage_id=key, blogtopic_id=topic) for key in keys for topic in topics], batch_size=500
    )

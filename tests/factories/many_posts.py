"""Posts by the thousand, without saving each: copies of one post, with pictures of their own."""

from uuid import uuid4

from django.db import connection
from wagtail.images.models import Filter
from wagtail.models import Page

from blog.models import BlogPage
from clinic.core.models import ClinicImage
from clinic.core.picture_places import ALL_SPECS

PICTURES = 30


def copy_post(post, number):
    """Put that many copies of a post beside it."""
    blog = post.get_parent()
    last = blog.get_last_child().path
    start = int(last[-Page.steplen :], 36) + 1
    base = Page.objects.get(pk=post.pk)
    same = {field.attname: getattr(base, field.attname) for field in Page._meta.fields if field.name != "id"}
    pages = [Page(**same | _of_its_own(blog, base.depth, at)) for at in range(start, start + number)]
    Page.objects.bulk_create(pages, batch_size=500)
    Page.objects.filter(pk=blog.pk).update(numchild=blog.numchild + number)
    _copy_own_rows(post, last)


def _of_its_own(blog, depth, at):
    slug = f"copy-{at}"
    return {
        "path": Page._get_path(blog.path, depth, at),
        "title": f"Copy {at}",
        "draft_title": f"Copy {at}",
        "slug": slug,
        "url_path": f"{blog.url_path}{slug}/",
        "translation_key": uuid4(),
    }


def _copy_own_rows(post, last):
    """Fill the other tables of the new pages, whose places come after the last one of before."""
    first = add_pictures(PICTURES)
    columns = [field.column for field in BlogPage._meta.local_fields if field.name != "page_ptr"]
    named = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join("%s + p.id %% %s" if column == "picture_id" else f't."{column}"' for column in columns)
    new = "wagtailcore_page p WHERE p.path > %s AND p.content_type_id = %s"
    kind = post.content_type_id
    through = BlogPage.topics.through._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO blog_blogpage (page_ptr_id, {named}) "  # noqa: S608
            f"SELECT p.id, {values} FROM blog_blogpage t, {new} AND t.page_ptr_id = %s",
            [first, PICTURES, last, kind, post.pk],
        )
        cursor.execute(
            f"INSERT INTO {through} (blogpage_id, blogtopic_id) "  # noqa: S608
            f"SELECT p.id, t.blogtopic_id FROM {through} t, {new} AND t.blogpage_id = %s",
            [last, kind, post.pk],
        )


def add_pictures(number):
    """Add pictures with every size and format, but no files; return the first one's key."""
    images = [
        ClinicImage(title=f"Lake {n}", file=f"lake-{n}.jpg", width=1600, height=900, file_hash=f"{n:040x}")
        for n in range(number)
    ]
    images = ClinicImage.objects.bulk_create(images)
    Rendition = ClinicImage.get_rendition_model()
    Rendition.objects.bulk_create(
        Rendition(
            image=image,
            filter_spec=spec,
            focal_point_key=Filter(spec).get_cache_key(image),
            file=f"{image.pk}.jpg",
            width=800,
            height=450,
        )
        for image in images
        for spec in ALL_SPECS
    )
    return images[0].pk

"""Making the sizes and formats of pictures ahead, so that no reader waits for them."""

import logging
from datetime import timedelta

from django.db import DatabaseError
from django.db.models import Count, Q
from django.utils import timezone

from clinic.core import generation
from clinic.core.models import ClinicImage
from clinic.core.picture_places import ALL_SPECS

logger = logging.getLogger(__name__)

# A second or two of work: whoever calls has something else to do as well.
AT_A_TIME = 4
PAUSE_AFTER_FAILURE = timedelta(hours=1)


def make_missing_renditions(most=AT_A_TIME):
    """Make what pages can ask for and isn't there, trying up to so many, and return how many were made.

    A picture that can't be encoded is passed over for an hour; the others go on. A try in vain takes as long
    as any other: one damaged photo could keep the mail for a minute.
    """
    made = tried = 0
    for image in incomplete_images():
        is_new = False
        for spec in missing_specs(image):
            if tried == most:
                return made
            tried += 1
            if make_rendition(image, spec):
                made, is_new = made + 1, True
        if is_new:
            # Now pages show it; until then they did without.
            generation.start_new()
    return made


def incomplete_images():
    """Return the pictures that lack something, the newest first; those that failed lately are left out."""
    there = Count("renditions__filter_spec", filter=Q(renditions__filter_spec__in=ALL_SPECS), distinct=True)
    return (
        ClinicImage.objects.exclude(renditions_failed_at__gt=timezone.now() - PAUSE_AFTER_FAILURE)
        .annotate(there=there)
        .filter(there__lt=len(ALL_SPECS))
        .order_by("-pk")
    )


def missing_specs(image):
    """Return the sizes and formats that this picture lacks."""
    there = image.existing_renditions(ALL_SPECS)
    return [spec for spec in ALL_SPECS if spec not in there]


def make_rendition(image, spec):
    """Make one, and return whether it worked."""
    try:
        image.make_rendition(spec)
    except DatabaseError:
        # No fault of the picture's.
        raise
    except Exception as error:
        # Encoders fail in many ways, and none of them may stop the other pictures.
        logger.error("picture %s can't be made as %s: %s", image.pk, spec, type(error).__name__)
        ClinicImage.objects.filter(pk=image.pk).update(renditions_failed_at=timezone.now())
        return False
    return True

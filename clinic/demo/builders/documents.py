"""The one document of the demo: a sheet to print and take along."""

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from clinic.demo.sheets import draw_sheet

from .blog.questions_to_ask import QUESTIONS, TITLE

SUBTITLE = "Demonstration. Sample text, not medical advice."


def build_documents(demo):
    """Make the sheet unless it is there."""
    documents = get_document_model().objects
    document = documents.filter(title=TITLE).first()
    if document is None:
        pdf = draw_sheet(
            TITLE, SUBTITLE, [question for questions in QUESTIONS.values() for question in questions]
        )
        file = ContentFile(pdf, name="questions-to-ask.pdf")
        # As an upload has it; Wagtail would else add it while a visitor looks at the page.
        document = documents.create(title=TITLE, file=file, file_size=len(pdf))
    demo.documents["questions-to-ask"] = document

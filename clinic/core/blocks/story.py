"""The one vocabulary that all pages share; an app extends it where it needs more."""

from wagtail import blocks

from .cards import CardGridBlock, StepsBlock
from .clinical import CareCardBlock, DoListBlock, FaqGroupBlock, StatementBlock, WarningBlock
from .links import ActionBlock, ChildPagesBlock, NewestPostsBlock
from .look import LookBlock
from .media import DownloadBlock, FigureBlock
from .tables import TableBlock
from .text import DetailsBlock, HeadingBlock, InsetBlock, QuoteBlock, TextBlock


class StoryBlock(blocks.StreamBlock):
    """Everything a page can be told with."""

    heading = HeadingBlock(group="Text")
    text = TextBlock(group="Text")
    inset = InsetBlock(group="Text")
    quote = QuoteBlock(group="Text")
    details = DetailsBlock(group="Text")
    figure = FigureBlock(group="Pictures and files")
    look = LookBlock(group="Pictures and files")
    download = DownloadBlock(group="Pictures and files")
    action = ActionBlock(group="Links")
    child_pages = ChildPagesBlock(group="Links")
    newest_posts = NewestPostsBlock(group="Links")
    steps = StepsBlock(group="Lists")
    cards = CardGridBlock(group="Lists")
    table = TableBlock(group="Lists")
    do_list = DoListBlock(group="Lists")
    care_card = CareCardBlock(group="Health")
    warning = WarningBlock(group="Health")
    faqs = FaqGroupBlock(group="Health")
    statement = StatementBlock(group="Health")

"""What posts can be told with."""

from clinic.core.blocks import KeyPointsBlock, StoryBlock


class BlogStoryBlock(StoryBlock):
    """The shared vocabulary and the key points of a post."""

    key_points = KeyPointsBlock(group="Text")

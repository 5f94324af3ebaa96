"""A link in the editor of texts keeps its address when its words are typed anew."""

from wagtail.admin.rich_text.editors.draftail.features import Feature, PluginFeature

EDITOR, LINK = "draftail", "link"


class WithPlugin(Feature):
    """A feature of the editor, and a plugin that comes with it."""

    def __init__(self, feature, plugin):
        super().__init__()
        self._features = (feature, plugin)

    def construct_options(self, options):
        """Add what both need."""
        for feature in self._features:
            feature.construct_options(options)

    @property
    def media(self):
        """Load what both need."""
        first, second = self._features
        return first.media + second.media


def keep_links(features):
    """Let Wagtail's links, registered before, come with our plugin."""
    links = features.plugins_by_editor[EDITOR][LINK]
    plugin = PluginFeature({"type": "STEADY_LINKS"}, js=["core/js/steady_links.js"])
    features.register_editor_plugin(EDITOR, LINK, WithPlugin(links, plugin))

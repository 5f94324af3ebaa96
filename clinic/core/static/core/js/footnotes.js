// The button for footnotes in the editor of texts: a star behind the words, which the page shows as a number.
(() => {
  const { ModalWorkflowSource, TooltipEntity, registerPlugin } = window.draftail;
  const { EditorState, Modifier } = window.DraftJS;
  const { Icon } = window.wagtail.components;
  const MARK = "*";
  // The mark that is to go. Draftail takes only the source from behind it, and its star would stay in the text.
  let leaving = null;

  class FootnoteSource extends ModalWorkflowSource {
    componentDidMount() {
      if (leaving && leaving === this.props.entityKey) this.remove();
      else super.componentDidMount();
      leaving = null;
    }

    remove() {
      const { editorState, onComplete } = this.props;
      const content = Modifier.removeRange(editorState.getCurrentContent(), editorState.getSelection(), "backward");
      onComplete(EditorState.push(editorState, content, "remove-range"));
    }

    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.referenceChooser,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    /** A new mark stands behind what was selected, which keeps its words; another source replaces a mark. */
    onChosen(chosen) {
      const { editorState, entity, onComplete } = this.props;
      const selection = editorState.getSelection();
      const place = entity
        ? selection
        : selection.merge({
            anchorKey: selection.getEndKey(),
            anchorOffset: selection.getEndOffset(),
            focusKey: selection.getEndKey(),
            focusOffset: selection.getEndOffset(),
            isBackward: false,
          });
      const content = editorState.getCurrentContent().createEntity("REFERENCE", "IMMUTABLE", {
        id: String(chosen.id),
        citation: chosen.string,
        editUrl: chosen.edit_url ?? "",
      });
      const marked = Modifier.replaceText(content, place, MARK, null, content.getLastCreatedEntityKey());
      this.workflow.close();
      onComplete(EditorState.push(editorState, marked, "insert-characters"));
    }
  }

  const Footnote = (props) => {
    const { citation, editUrl } = props.contentState.getEntity(props.entityKey).getData();
    const label = citation ? citation.slice(0, 80) : "This source was deleted";
    return window.React.createElement(TooltipEntity, {
      ...props,
      icon: window.React.createElement(Icon, { name: "openquote" }),
      label,
      url: editUrl ?? "",
      onRemove: (key) => {
        leaving = key;
        props.onEdit(key);
      },
    });
  };

  registerPlugin({ type: "REFERENCE", source: FootnoteSource, decorator: Footnote }, "entityTypes");
})();

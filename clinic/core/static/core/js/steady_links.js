// In the editor of texts: words typed in the place of a link's are the link's, all of them and not the first letter.
(() => {
  const { EditorState, Modifier } = window.DraftJS;
  // Where the words end that somebody is typing into a link.
  let growing = null;

  const linkUnder = (content, selection) => {
    if (selection.isCollapsed() || selection.getStartKey() !== selection.getEndKey()) return null;
    const block = content.getBlockForKey(selection.getStartKey());
    const key = block.getEntityAt(selection.getStartOffset());
    if (!key || content.getEntity(key).getType() !== "LINK") return null;
    for (let place = selection.getStartOffset(); place < selection.getEndOffset(); place += 1) {
      if (block.getEntityAt(place) !== key) return null;
    }
    return key;
  };

  const linkBehind = (selection) =>
    growing &&
    selection.isCollapsed() &&
    selection.getStartKey() === growing.block &&
    selection.getStartOffset() === growing.end
      ? growing.key
      : null;

  // What the editor lends a plugin comes last.
  const handleBeforeInput = (signs, editorState, ...rest) => {
    const content = editorState.getCurrentContent();
    const selection = editorState.getSelection();
    const key = linkUnder(content, selection) ?? linkBehind(selection);
    growing = null;
    if (!key) return "not-handled";
    const style = editorState.getCurrentInlineStyle();
    const typed = Modifier.replaceText(content, selection, signs, style, key);
    const block = selection.getStartKey();
    growing = { block, end: selection.getStartOffset() + signs.length, key };
    rest.at(-1).setEditorState(EditorState.push(editorState, typed, "insert-characters"));
    return "handled";
  };

  window.draftail.registerPlugin({ type: "STEADY_LINKS", handleBeforeInput }, "plugins");
})();

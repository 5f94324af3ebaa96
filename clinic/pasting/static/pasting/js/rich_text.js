/* Pasting into a rich text field: headings, lists and links as ours. Without it the editor's own way is taken. */

(() => {
  const NAMES = {
    "header-three": "h3",
    "unordered-list-item": "ul",
    "ordered-list-item": "ol",
    BOLD: "bold",
    ITALIC: "italic",
    SUPERSCRIPT: "superscript",
    SUBSCRIPT: "subscript",
    LINK: "link",
  };
  // What the editor itself has copied, it knows best.
  const OWN = /data-draftjs-conductor-fragment|data-editor=/;
  const ADDRESS = /^\s*(https?|mailto):\S+\s*$/i;

  // The hidden field beside the editor knows it.
  const editorOf = (wrapper) =>
    [...(wrapper?.parentNode.children ?? [])].find(
      ({ draftailEditor }) => draftailEditor,
    )?.draftailEditor;

  function takenBy({ blockTypes = [], inlineStyles = [], entityTypes = [] }) {
    return [...blockTypes, ...inlineStyles, ...entityTypes]
      .map(({ type }) => NAMES[type])
      .filter(Boolean)
      .map((name) => ["takes", name]);
  }

  /** Put the content where the cursor is. Its first block keeps its kind where the line was empty. */
  function put(editor, raw) {
    const { EditorState, Modifier, SelectionState, convertFromRaw } =
      window.DraftJS;
    const state = editor.getEditorState();
    let content = state.getCurrentContent();
    let selection = state.getSelection();
    const pasted = convertFromRaw(raw);
    if (!selection.isCollapsed()) {
      content = Modifier.removeRange(content, selection, "backward");
      selection = content.getSelectionAfter();
    }
    const first = pasted.getFirstBlock();
    const isPlain = first.getType() === "unstyled" && pasted.getBlockMap().size === 1;
    if (!isPlain && content.getBlockForKey(selection.getStartKey()).getLength()) {
      content = Modifier.splitBlock(content, selection);
      selection = content.getSelectionAfter();
    }
    const key = selection.getStartKey();
    const wasEmpty = !content.getBlockForKey(key).getLength();
    content = Modifier.replaceWithFragment(content, selection, pasted.getBlockMap());
    const after = content.getSelectionAfter();
    if (wasEmpty && !isPlain) {
      const there = SelectionState.createEmpty(key);
      content = Modifier.setBlockType(content, there, first.getType());
      content = content.merge({ selectionAfter: after });
    }
    const next = EditorState.push(state, content, "insert-fragment");
    editor.onChange(EditorState.forceSelection(next, after));
  }

  async function paste(editor, wrapper, html) {
    const answer = await window.pasting.ask(html, takenBy(editor.props));
    if (!answer.error) put(editor, answer.content);
    window.pasting.sayWhatCame(wrapper, answer, "Pasted.");
  }

  document.addEventListener(
    "paste",
    (event) => {
      const wrapper = event.target.closest?.("[data-draftail-editor-wrapper]");
      const editor = editorOf(wrapper);
      const html = event.clipboardData?.getData("text/html") ?? "";
      const isAddress = ADDRESS.test(event.clipboardData?.getData("text/plain") ?? "");
      if (!editor || !html || OWN.test(html) || isAddress) return;
      event.preventDefault();
      event.stopPropagation();
      paste(editor, wrapper, html);
    },
    true,
  );
})();

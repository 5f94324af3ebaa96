// Leads from a row above the fields to its place in the editor, also where the field is folded or in another tab.
(() => {
  const placeOf = (path) => {
    let found = null;
    for (const name of path.split(".")) {
      const next = (found || document).querySelector(`[data-contentpath="${CSS.escape(name)}"]`);
      if (!next) break;
      found = next;
    }
    return found;
  };

  const unfold = (place) => {
    for (let panel = place.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
      const toggle = panel.querySelector(":scope > .w-panel__header [data-panel-toggle]");
      if (toggle && toggle.getAttribute("aria-expanded") === "false") toggle.click();
    }
  };

  // As the checks read a text: lower case, plain quotes, one space. Each letter stays in its place.
  const plain = (text) =>
    text
      .toLowerCase()
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/[‘’]/g, "'")
      .replace(/[“”]/g, '"')
      .replace(/\s/g, " ");

  const selectInField = (field, words) => {
    const start = plain(field.value).indexOf(words);
    if (start >= 0) field.setSelectionRange(start, start + words.length);
  };

  const selectInText = (field, words) => {
    const pieces = [];
    const walker = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
    let whole = "";
    while (walker.nextNode()) {
      pieces.push({ node: walker.currentNode, start: whole.length });
      whole += plain(walker.currentNode.data);
    }
    const start = whole.indexOf(words);
    if (start < 0) return;
    const at = (place, isEnd) => {
      const piece = pieces.findLast((each) => (isEnd ? each.start < place : each.start <= place));
      return [piece.node, place - piece.start];
    };
    getSelection().setBaseAndExtent(...at(start, false), ...at(start + words.length, true));
  };

  const FIELDS = '[contenteditable="true"], input:not([type="hidden"]), textarea, select, button';

  // What it is about is marked, so that one only has to type.
  const mark = (place, words) => {
    const fields = [...place.querySelectorAll(FIELDS)];
    const isAbout = (field) => plain(field.value ?? field.textContent).includes(words);
    const field = (words && fields.find(isAbout)) || fields[0];
    if (!field) return;
    field.focus({ preventScroll: true });
    if (!words) return;
    if (field.matches("input, textarea")) selectInField(field, words);
    // The editor of texts takes a selection once it has the focus.
    else if (field.isContentEditable) setTimeout(() => selectInText(field, words));
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-content-path]");
    const place = link && placeOf(link.dataset.contentPath);
    if (!place) return;
    event.preventDefault();
    const tab = place.closest('[role="tabpanel"]');
    if (tab && tab.hidden) document.querySelector(`[role="tab"][aria-controls="${tab.id}"]`)?.click();
    unfold(place);
    place.scrollIntoView({ block: "center" });
    mark(place, plain(link.dataset.contentWords ?? ""));
  });
})();

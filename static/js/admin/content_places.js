// Leads to a place in the editor, also where the field is folded or in another tab: from a row above the
// fields, and from a row of the panel “Checks”, which by itself would open the page in another window.
(() => {
  const FIELDS = '[contenteditable="true"], input:not([type="hidden"]), textarea, select';

  const placeOf = (path) => {
    let found = null;
    for (const name of path.split(".")) {
      const next = (found || document).querySelector(`[data-contentpath="${CSS.escape(name)}"]`);
      if (!next) break;
      found = next;
    }
    return found;
  };

  // A block is folded by what stands in it, a field by what stands around it.
  const unfold = (place) => {
    const innermost = place.querySelector("[data-panel]") || place;
    for (let panel = innermost.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
      const toggle = panel.querySelector(":scope > .w-panel__header [data-panel-toggle]");
      if (toggle && toggle.getAttribute("aria-expanded") === "false") toggle.click();
    }
  };

  // On a narrow screen the panels at the side lie above the fields.
  const uncover = (place) => {
    const open = document.querySelector(".form-side--open");
    if (open && open.getBoundingClientRect().left <= place.getBoundingClientRect().left) {
      document.querySelector('[data-side-panel-toggle][aria-expanded="true"]')?.click();
    }
  };

  // Wagtail shows another tab a moment later.
  const whenShown = (tab, act) => {
    if (tab?.hidden) setTimeout(() => whenShown(tab, act), 50);
    else act();
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
    // A long text is higher than a phone.
    getSelection().anchorNode.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
  };

  const leadTo = (place, words) => {
    const tab = place.closest('[role="tabpanel"]');
    if (tab?.hidden) document.querySelector(`[role="tab"][aria-controls="${tab.id}"]`)?.click();
    whenShown(tab, () => focusOn(place, words));
  };

  // What it is about is marked, so that one only has to type.
  const mark = (field, words) => {
    if (field.matches("input, textarea")) selectInField(field, words);
    // The editor of texts takes a selection once it has the focus.
    else if (field.isContentEditable) setTimeout(() => selectInText(field, words));
  };

  const focusOn = (place, words) => {
    unfold(place);
    uncover(place);
    // At once: a glide ends where the place stood before what was unfolded took its room.
    place.scrollIntoView({ block: "center", behavior: "instant" });
    // A button where there is no field, which chooses something; else what is only to be read.
    const shown = (selector) => [...place.querySelectorAll(selector)].filter((one) => one.getClientRects().length);
    const isAbout = (field) => plain(field.value ?? field.textContent).includes(words);
    const about = words ? shown(FIELDS).find(isAbout) : null;
    const target = about || shown(FIELDS)[0] || shown("button, a[href]")[0] || place;
    if (target === place) place.tabIndex = -1;
    target.focus({ preventScroll: true });
    if (about) mark(about, words);
  };

  // Of the marks of one kind in the preview, in their order, the row stands for the one of the same number.
  const markOf = (row) => {
    const nameOf = (one) => one.querySelector("[data-content-checker-name]").textContent;
    const { messages } = JSON.parse(document.getElementById("checker-axe-configuration").textContent);
    const kind = Object.keys(messages).find((key) => messages[key].error_name === nameOf(row));
    const rows = [...row.parentElement.querySelectorAll("[data-content-checker-row]")];
    const number = rows.filter((one) => nameOf(one) === nameOf(row)).indexOf(row);
    const preview = document.getElementById("w-preview-iframe")?.contentDocument;
    const marked = kind && preview ? preview.querySelectorAll(`[data-found-${CSS.escape(kind)}]`) : [];
    const mark = marked[number];
    return { path: mark?.getAttribute(`data-found-${kind}`), words: mark?.getAttribute(`data-words-${kind}`) };
  };

  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest("a[data-content-path]");
      const row = event.target.closest("[data-checks-panel] [data-content-checker-selector]")?.closest("[data-content-checker-row]");
      if (!link && !row) return;
      const { path, words } = row ? markOf(row) : { path: link.dataset.contentPath, words: link.dataset.contentWords };
      const place = path && (placeOf(path) || document.querySelector(link?.hash.startsWith("#panel") ? link.hash : null));
      if (!place) return;
      event.preventDefault();
      event.stopPropagation();
      leadTo(place, plain(words ?? ""));
    },
    // Before Wagtail's own.
    true,
  );
})();

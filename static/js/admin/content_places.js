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

  const leadTo = (place) => {
    const tab = place.closest('[role="tabpanel"]');
    if (tab?.hidden) document.querySelector(`[role="tab"][aria-controls="${tab.id}"]`)?.click();
    whenShown(tab, () => focusOn(place));
  };

  const focusOn = (place) => {
    unfold(place);
    uncover(place);
    place.scrollIntoView({ block: "center" });
    // A button where there is no field, which chooses something; else what is only to be read.
    const shown = (selector) => [...place.querySelectorAll(selector)].find((one) => one.getClientRects().length);
    const target = shown(FIELDS) || shown("button, a[href]") || place;
    if (target === place) place.tabIndex = -1;
    target.focus({ preventScroll: true });
  };

  // Of the marks of one kind in the preview, in their order, the row stands for the one of the same number.
  const pathOf = (row) => {
    const nameOf = (one) => one.querySelector("[data-content-checker-name]").textContent;
    const { messages } = JSON.parse(document.getElementById("checker-axe-configuration").textContent);
    const kind = Object.keys(messages).find((key) => messages[key].error_name === nameOf(row));
    const rows = [...row.parentElement.querySelectorAll("[data-content-checker-row]")];
    const number = rows.filter((one) => nameOf(one) === nameOf(row)).indexOf(row);
    const preview = document.getElementById("w-preview-iframe")?.contentDocument;
    const marked = kind && preview ? preview.querySelectorAll(`[data-found-${CSS.escape(kind)}]`) : [];
    return marked[number]?.getAttribute(`data-found-${kind}`);
  };

  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest("a[data-content-path]");
      const row = event.target.closest("[data-checks-panel] [data-content-checker-selector]")?.closest("[data-content-checker-row]");
      const path = link ? link.dataset.contentPath : row && pathOf(row);
      const place = path && (placeOf(path) || document.querySelector(link?.hash.startsWith("#panel") ? link.hash : null));
      if (!place) return;
      event.preventDefault();
      event.stopPropagation();
      leadTo(place);
    },
    // Before Wagtail's own.
    true,
  );
})();

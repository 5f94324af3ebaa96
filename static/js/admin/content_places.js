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

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-content-path]");
    const place = link && placeOf(link.dataset.contentPath);
    if (!place) return;
    event.preventDefault();
    const tab = place.closest('[role="tabpanel"]');
    if (tab && tab.hidden) document.querySelector(`[role="tab"][aria-controls="${tab.id}"]`)?.click();
    unfold(place);
    place.scrollIntoView({ block: "center" });
    const field = place.querySelector('[contenteditable="true"], input:not([type="hidden"]), textarea, select, button');
    if (field) field.focus({ preventScroll: true });
  });
})();

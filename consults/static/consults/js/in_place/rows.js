// The rows of the desk: a request opens in its row, and is closed there; what somebody types in it isn't lost.
(() => {
  if (!window.inPlace) return;
  // What somebody types in stays as it is, and so does what has the focus there.
  const FIELDS = "input:not([type=hidden]), textarea, select";

  const rowOf = (node) => node.closest("[data-row]");
  const adopt = (node) => document.importNode(node, true);

  // Puts what a page says of a request into its row. What was given back to be corrected isn't saved yet.
  const open = (row, content, isGivenBack = false) => {
    let card = row.querySelector("[data-card]");
    if (!card) {
      card = document.createElement("div");
      card.className = "desk__card";
      card.dataset.card = "";
      row.append(card);
    }
    const close = document.createElement("button");
    card.toggleAttribute("data-given-back", isGivenBack);
    close.type = "button";
    close.className = "button button-secondary button-small desk__close";
    close.dataset.close = "";
    close.textContent = "Close";
    card.replaceChildren(close, adopt(content));
    const wrong = card.querySelector(".error-message");
    const first = wrong || card.querySelector("h2, h1");
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
    // Whose request it is stands in sight at once, also where the row was above what somebody saw.
    const { top, bottom } = card.getBoundingClientRect();
    const isInSight = top >= parseFloat(getComputedStyle(card).scrollMarginTop) && bottom <= innerHeight;
    if (wrong) wrong.scrollIntoView({ block: "nearest", behavior: "instant" });
    else if (!isInSight) card.scrollIntoView({ block: "start", behavior: "instant" });
  };

  const close = (row) => {
    row.querySelector("[data-card]").remove();
    row.querySelector("[data-open-here]").focus();
  };

  const isChanged = (field) =>
    field.matches("select")
      ? [...field.options].some((option) => option.selected !== option.defaultSelected) &&
        [...field.options].some((option) => option.defaultSelected)
      : field.value !== field.defaultValue || field.checked !== field.defaultChecked;
  const hasTyped = (row) =>
    row.querySelector("[data-given-back]") !== null ||
    [...row.querySelectorAll(FIELDS)].some((field) => field.closest("[data-card]") && isChanged(field));

  window.inPlace.rows = { FIELDS, rowOf, adopt, open, close, hasTyped };
})();

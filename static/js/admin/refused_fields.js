// Says above a form that was refused which fields are meant, each with a link: content_places.js leads there,
// also into another tab or a block that is folded.
(() => {
  const ERRORS = ":not([hidden]):is(.error-message, .help-critical)";
  const textOf = (element) => element?.textContent.replace("*", "").trim() || "";

  // What an editor reads there: the kind of a block, the label of a field, the heading of a section.
  const nameOf = (place) => {
    if (place.matches("[data-streamfield-child]")) return textOf(place.querySelector(".c-sf-block__type"));
    const label = [place, place.closest(".w-panel__wrapper")].map((one) => one?.querySelector(":scope > label")).find(Boolean);
    if (label || place.closest("[data-streamfield-child]")) return textOf(label);
    return textOf(place.closest("[data-panel]")?.querySelector("[data-panel-heading-text]"));
  };

  const placesAround = (element) => {
    const places = [];
    for (let place = element.closest("[data-contentpath]"); place; place = place.parentElement.closest("[data-contentpath]")) {
      places.unshift(place);
    }
    return places;
  };

  const rowFor = (error) => {
    const places = placesAround(error);
    const link = document.createElement("a");
    link.href = "#";
    link.dataset.contentPath = places.map((place) => place.dataset.contentpath).join(".");
    link.textContent = places.map(nameOf).filter(Boolean).join(" → ");
    const row = document.createElement("li");
    row.append(link, `: ${textOf(error)}`);
    return row;
  };

  window.addEventListener("load", () => {
    const message = document.querySelector(".messages li.error");
    const errors = [...document.querySelectorAll(`form ${ERRORS}`)].filter((error) => error.closest("[data-contentpath]"));
    if (!message || !errors.length) return;
    const said = errors.map(textOf);
    // Wagtail lists them too, without a link, where something is wrong with the form as a whole.
    message.querySelectorAll(".errorlist li").forEach((row) => {
      if (said.some((words) => row.textContent.endsWith(words))) row.remove();
    });
    const list = document.createElement("ul");
    list.className = "refused-fields";
    list.append(...errors.map(rowFor));
    message.append(list);
  });
})();

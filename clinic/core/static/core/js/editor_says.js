/* What stands above the fields comes anew each time the editor saves. Where it says the same as before it stays as it
   is, so that no tap on it and no cursor in it is lost; else the cursor goes back to the same words, or to what is
   left. */
(() => {
  const scrollerOf = (element) => {
    let around = element.parentElement;
    while (around && !["auto", "scroll"].includes(getComputedStyle(around).overflowY)) around = around.parentElement;
    return around;
  };

  document.addEventListener("w-teleport:append", (event) => {
    const { complete } = event.detail;
    const template = event.target;
    const place = document.querySelector("[data-editor-says]");
    if (template.dataset.wTeleportTargetValue !== "[data-editor-says]" || !place) return;
    event.preventDefault();
    if (template.innerHTML.trim() === place.innerHTML.trim()) {
      template.remove();
      return;
    }
    const field = document.activeElement;
    if (!place.contains(field)) {
      // At its very top a browser lets new lines push away what somebody is writing in; further down it doesn't.
      const scroller = scrollerOf(place);
      const before = field.getBoundingClientRect().top;
      const isAtTop = scroller?.scrollTop === 0;
      complete();
      if (isAtTop && field !== document.body) scroller.scrollTop = field.getBoundingClientRect().top - before;
      return;
    }
    const words = field.textContent;
    complete();
    const links = [...place.querySelectorAll("a[href]")];
    const next = links.find((link) => link.textContent === words) ?? links[0];
    (next ?? document.querySelector("#id_title"))?.focus();
  });
})();

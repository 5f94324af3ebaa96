// Names that nobody looks at any more leave the screen; without it the page is asked for anew.
(() => {
  // In ms.
  const IDLE = 5 * 60 * 1000;
  let last = Date.now();

  const note = () => {
    last = Date.now();
  };
  for (const kind of ["pointerdown", "pointermove", "keydown", "scroll"]) {
    addEventListener(kind, note, { capture: true, passive: true });
  }

  const look = () => {
    if (Date.now() - last < IDLE) return;
    for (const names of document.querySelectorAll("[data-personal], [data-names-there]")) names.remove();
    document.querySelector("[data-names-gone]").hidden = false;
    clearInterval(watch);
  };
  const watch = setInterval(look, 1000);
  // A screen that slept shows nothing before it is looked at.
  document.addEventListener("visibilitychange", look);
})();

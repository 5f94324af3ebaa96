// Names that nobody looks at any more leave the screen; without it the page is asked for anew.
(() => {
  // In ms.
  const IDLE = 5 * 60 * 1000;
  let last = Date.now();

  const note = () => {
    last = Date.now();
  };
  for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "touchmove"]) {
    addEventListener(kind, note, { capture: true, passive: true });
  }

  const hide = () => {
    const names = document.querySelectorAll("[data-personal]");
    for (const each of names) each.remove();
    if (!names.length) return false;
    for (const each of document.querySelectorAll("[data-names-there]")) each.hidden = true;
    for (const each of document.querySelectorAll("[data-names-gone]")) each.hidden = false;
    return true;
  };

  const look = () => {
    if (Date.now() - last >= IDLE) hide();
  };
  setInterval(look, 1000);
  // A screen that slept shows nothing before it is looked at.
  document.addEventListener("visibilitychange", look);
  // A browser that keeps the page for its Back button keeps it without names, and a list is asked for anew.
  let isLeft = false;
  addEventListener("pagehide", () => {
    isLeft = hide();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && isLeft && document.querySelector("[data-list]")) location.reload();
  });
})();

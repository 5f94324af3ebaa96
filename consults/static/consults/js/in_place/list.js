// The list of the desk keeps itself fresh around whoever works in it.
(() => {
  if (!window.inPlace?.rows) return;
  const { ask, parse, isBusy } = window.inPlace;
  const { FIELDS, rowOf, adopt } = window.inPlace.rows;
  // In ms.
  const FRESH_EVERY = 20 * 1000;
  const list = document.querySelector("[data-list]");
  let asked = Date.now();

  // Brings the rows that people look at into a list that was asked for again: their names and their open cards.
  const carryOver = (fresh, finished) => {
    const kept = [];
    for (const row of list.querySelectorAll("[data-row]")) {
      const card = row.id === finished ? null : row.querySelector("[data-card]");
      const person = row.querySelector(".desk__person");
      const next = fresh.querySelector(`#${row.id}`);
      if (next && person && !next.querySelector(".desk__person")) {
        const show = next.querySelector("[data-show-name]");
        if (show) show.replaceWith(person);
      }
      if (card && next) next.append(card);
      else if (card) kept.push(row);
    }
    return kept;
  };

  const focused = () => {
    const here = document.activeElement;
    const row = here && rowOf(here);
    if (!row || !list.contains(here)) return () => {};
    const at = [...row.querySelectorAll("a, button, [tabindex]")].indexOf(here);
    return () => {
      if (here.isConnected) return here.focus({ preventScroll: true });
      const same = document.getElementById(row.id);
      const nodes = same ? same.querySelectorAll("a, button, [tabindex]") : [];
      if (nodes[at]) nodes[at].focus({ preventScroll: true });
    };
  };

  const inView = () => {
    const row = [...list.querySelectorAll("[data-row]")].find((each) => each.getBoundingClientRect().bottom > 0);
    const before = row && row.getBoundingClientRect().top;
    return () => {
      const same = row && document.getElementById(row.id);
      if (same) scrollBy(0, same.getBoundingClientRect().top - before);
    };
  };

  const renew = (doc, finished) => {
    const fresh = adopt(doc.querySelector("[data-list]"));
    const [focusAgain, scrollAgain] = [focused(), inView()];
    const kept = carryOver(fresh, finished);
    list.replaceChildren(...fresh.childNodes);
    // Whoever signed in again meanwhile has another session, to which the proof of before says nothing.
    list.dataset.fresh = fresh.dataset.fresh;
    if (kept.length) {
      const left = document.createElement("ol");
      left.className = "desk";
      left.append(...kept);
      list.prepend(left);
    }
    const [hide, show] = [list.querySelector("[data-names-there]"), list.querySelector("[data-show-names]")];
    if (hide) hide.hidden = !list.querySelector(".desk__person");
    if (show) show.hidden = !list.querySelector("[data-show-name]");
    if (list.querySelector(".desk__person")) document.querySelector("[data-names-gone]").hidden = true;
    document.title = doc.title;
    scrollAgain();
    focusAgain();
  };

  const isDesk = () => "fresh" in list.dataset;

  const keepFresh = async () => {
    if (!isDesk() || isBusy() || document.visibilityState !== "visible" || Date.now() - asked < FRESH_EVERY) return;
    if (document.activeElement && list.contains(document.activeElement) && document.activeElement.matches(FIELDS)) return;
    asked = Date.now();
    let doc = null;
    try {
      const response = await ask(location.href, { headers: { "X-By-Itself": list.dataset.fresh } });
      doc = response.ok ? await parse(response) : null;
    } catch {
      // Said below.
    }
    const fresh = doc && doc.querySelector("[data-list][data-fresh]");
    document.querySelector("[data-stale]").hidden = Boolean(fresh);
    if (fresh && !isBusy()) renew(doc);
  };

  window.inPlace.list = { element: list, isDesk, renew };
  setInterval(keepFresh, 1000);
})();

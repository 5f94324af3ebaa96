// The desk without a reload: requests open in their row, what is done there is answered there, and the list
// keeps itself fresh. Without this script every link and form leads to a page that does the same.
(() => {
  // A browser that doesn't say which button was pressed would do something else than was tapped.
  if (!("SubmitEvent" in self && "submitter" in SubmitEvent.prototype)) return;
  // In ms.
  const FRESH_EVERY = 20 * 1000;
  const ANSWERS_WITHIN = 30 * 1000;
  const UNDO_FOR = 60 * 1000;
  const list = document.querySelector("[data-list]");
  const after = document.querySelector("[data-after]");
  // What somebody types in stays as it is, and so does what has the focus there.
  const FIELDS = "input:not([type=hidden]), textarea, select";
  let busy = false;
  let isLeaving = false;
  let asked = Date.now();

  const ask = (address, options) => fetch(address, { ...options, signal: timeout() });
  const timeout = () => {
    const ends = new AbortController();
    setTimeout(() => ends.abort(), ANSWERS_WITHIN);
    return ends.signal;
  };
  const parse = async (response) => new DOMParser().parseFromString(await response.text(), "text/html");
  const rowOf = (node) => node.closest("[data-row]");
  const adopt = (node) => document.importNode(node, true);

  // What happened, and what can be done about it for a minute.
  const say = (doc, words) => {
    const said = doc ? [...doc.querySelectorAll(".messages li")].map((each) => each.innerText.trim() || each.textContent.trim()) : [];
    if (words) said.push(words);
    after.querySelector("[data-said]").textContent = said.join(" ");
    const acts = after.querySelector("[data-acts]");
    const fresh = doc && doc.querySelector("[data-acts]");
    if (fresh) acts.replaceChildren(...[...fresh.children].map(adopt));
    after.hidden = !said.length && !acts.children.length;
    endUndo();
  };

  const endUndo = () => {
    for (const undo of after.querySelectorAll("[data-undo]")) setTimeout(() => undo.remove(), UNDO_FOR);
  };

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
    card.scrollIntoView({ block: "nearest" });
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

  // A list as the answer ends what was done in a card; a name that was shown leaves the card as it is.
  const takeList = (doc, row, isFromCard) => {
    say(doc);
    if (isDesk()) renew(doc, isFromCard ? row.id : null);
    else if (isFromCard) row.querySelector("[data-card]").remove();
    if (isFromCard || document.activeElement === document.body) {
      (after.querySelector("[data-open-here]") || after.querySelector("[data-said]")).focus({ preventScroll: true });
    }
  };

  // Puts an answered page where it belongs; false where it is another page altogether.
  const take = (response, doc, row, isFromCard) => {
    if (doc.querySelector("[data-list][data-fresh]")) {
      takeList(doc, row, isFromCard);
      return true;
    }
    // What was refused, or changed by somebody else meanwhile, is answered without leading elsewhere.
    const page = doc.querySelector("[data-request]") || (response.redirected ? null : doc.querySelector(".triage"));
    if (!page) return false;
    say(doc);
    if (row) open(row, page, !response.ok);
    return true;
  };

  const sendAsEver = (form, submitter) => {
    isLeaving = true;
    form.noValidate = true;
    form.requestSubmit(submitter);
  };

  const send = async (form, submitter) => {
    const data = new FormData(form);
    if (submitter && submitter.name) data.append(submitter.name, submitter.value);
    if (submitter && submitter.value === "page") {
      const named = [...list.querySelectorAll(".desk__person")].map((each) => rowOf(each).id.replace("row-", ""));
      data.append("known", named.join(" "));
    }
    // What is taken back leads to the list that somebody sees.
    if (after.contains(form)) data.set("to_list", "yes");
    const address = (submitter && submitter.getAttribute("formaction")) || form.getAttribute("action") || location.href;
    const row = rowOf(form);
    const isFromCard = Boolean(form.closest("[data-card]"));
    // The names that stand there stay: a list that starts with names opens none once more for the answer.
    const headers = { "X-In-Place": "yes" };
    const response = await ask(address, { method: "POST", headers, body: new URLSearchParams(data) });
    const doc = await parse(response);
    if (take(response, doc, row, isFromCard)) return;
    // Signed out meanwhile: nothing was saved, and the page that asks to sign in again keeps what was typed.
    if (response.status === 403) return sendAsEver(form, submitter);
    if (response.ok) return location.assign(response.url);
    const why = doc.querySelector("main .help-block, main h1");
    say(null, `That wasn’t done. ${why ? why.textContent.trim() : ""}`);
  };

  // One request is open at a time: what is tapped is never another one's.
  const closeOthers = () => {
    const opened = [...list.querySelectorAll("[data-card]")];
    if (opened.map(rowOf).some(hasTyped) && !confirm("What you typed in another one isn’t saved. Close it all the same?")) return false;
    for (const card of opened) card.remove();
    return true;
  };

  const look = async (link) => {
    if (!closeOthers()) return;
    const response = await ask(link.href);
    const doc = await parse(response);
    const key = new URL(link.href).pathname.match(/(\d+)\/$/)[1];
    const row = document.getElementById(`row-${key}`);
    const page = doc.querySelector("[data-request]");
    if (!response.ok || !row || !page) return location.assign(link.href);
    open(row, page);
  };

  const keepFresh = async () => {
    if (!isDesk() || busy || document.visibilityState !== "visible" || Date.now() - asked < FRESH_EVERY) return;
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
    if (fresh && !busy) renew(doc);
  };

  const whole = async (work) => {
    if (busy) return;
    busy = true;
    document.body.toggleAttribute("data-busy", true);
    try {
      await work();
    } catch {
      say(null, "That didn’t reach the site, so nothing is certain. Check your connection, and load the page again.");
    } finally {
      busy = false;
      document.body.toggleAttribute("data-busy", false);
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const isOurs = list.contains(form) || after.contains(form);
    const isElsewhere = form.target || (event.submitter && event.submitter.formTarget);
    if (!isOurs || isElsewhere || isLeaving || form.method !== "post" || event.defaultPrevented) return;
    event.preventDefault();
    whole(() => send(form, event.submitter));
  });

  document.addEventListener("click", (event) => {
    const closing = event.target.closest("[data-close]");
    if (closing) {
      const row = rowOf(closing);
      if (!hasTyped(row) || confirm("What you typed here isn’t saved. Close all the same?")) close(row);
      return;
    }
    const link = event.target.closest("[data-open-here]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    whole(() => look(link));
  });

  addEventListener("beforeunload", (event) => {
    if (!isLeaving && [...list.querySelectorAll("[data-row]")].some(hasTyped)) event.preventDefault();
  });

  setInterval(keepFresh, 1000);
  endUndo();
})();

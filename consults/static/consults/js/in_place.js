// The desk without a reload: requests open in their row, what is done there is answered there, and the list
// keeps itself fresh. Without this script every link and form leads to a page that does the same.
(() => {
  // In ms.
  const FRESH_EVERY = 20 * 1000;
  const UNDO_FOR = 60 * 1000;
  const list = document.querySelector("[data-list]");
  const after = document.querySelector("[data-after]");
  // What somebody types in stays as it is, and so does what has the focus there.
  const FIELDS = "input:not([type=hidden]), textarea, select";
  let busy = false;
  let asked = Date.now();

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
    acts.replaceChildren(...(fresh ? [...fresh.children].map(adopt) : []));
    after.hidden = !said.length && !acts.children.length;
    endUndo();
  };

  const endUndo = () => {
    for (const undo of after.querySelectorAll("[data-undo]")) setTimeout(() => undo.remove(), UNDO_FOR);
  };

  // Puts what a page says of a request into its row.
  const open = (row, content) => {
    let card = row.querySelector("[data-card]");
    if (!card) {
      card = document.createElement("div");
      card.className = "desk__card";
      card.dataset.card = "";
      row.append(card);
    }
    const close = document.createElement("button");
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

  const hasTyped = (row) =>
    [...row.querySelectorAll("[data-card] textarea, [data-card] input:not([type=hidden])")].some(
      (field) => field.value !== field.defaultValue,
    );

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
    document.title = doc.title;
    scrollAgain();
    focusAgain();
  };

  const isDesk = () => "fresh" in list.dataset;

  // Puts an answered page where it belongs; false where it is another page altogether.
  const take = (response, doc, row) => {
    if (doc.querySelector("[data-list][data-fresh]")) {
      say(doc);
      if (isDesk()) renew(doc, row && row.id);
      else if (row) row.querySelector("[data-card]")?.remove();
      if (row || !document.activeElement || document.activeElement === document.body) {
        (after.querySelector("[data-open-here]") || after.querySelector("[data-said]")).focus({ preventScroll: true });
      }
      return true;
    }
    const request = doc.querySelector("[data-request]");
    // What was refused, or changed by somebody else meanwhile, is answered without leading elsewhere.
    const page = request || (response.redirected ? null : doc.querySelector(".triage, main"));
    if (!row || !page) return false;
    say(doc);
    open(row, page);
    return true;
  };

  const send = async (form, submitter) => {
    const data = new FormData(form);
    if (submitter && submitter.name) data.append(submitter.name, submitter.value);
    if (submitter && submitter.value === "page") {
      const named = [...list.querySelectorAll(".desk__person")].map((each) => rowOf(each).id.replace("row-", ""));
      data.append("known", named.join(" "));
    }
    const address = (submitter && submitter.getAttribute("formaction")) || form.getAttribute("action") || location.href;
    const row = rowOf(form) || null;
    const response = await fetch(address, { method: "POST", body: new URLSearchParams(data) });
    if (take(response, await parse(response), row)) return;
    if (row && hasTyped(row)) return say(null, "You were signed out. Copy what you typed, and load the page again.");
    location.assign(response.url);
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
    const response = await fetch(link.href);
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
    const response = await fetch(location.href, { headers: { "X-By-Itself": list.dataset.fresh } });
    const doc = response.ok && (await parse(response));
    if (busy) return;
    if (!doc || !doc.querySelector("[data-list][data-fresh]")) return say(null, "This list is no longer kept up to date. Load the page again.");
    renew(doc);
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
    if (!isOurs || isElsewhere || form.method !== "post" || event.defaultPrevented) return;
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
    if ([...list.querySelectorAll("[data-row]")].some(hasTyped)) event.preventDefault();
  });

  setInterval(() => keepFresh().catch(() => {}), 1000);
  endUndo();
})();

// What is done at the desk is answered there: a tap on a link or a button loads no page.
(() => {
  if (!window.inPlace?.list) return;
  const { ask, parse, isBusy } = window.inPlace;
  const { rowOf, adopt, open, close, hasTyped } = window.inPlace.rows;
  const { element: list, isDesk, renew } = window.inPlace.list;
  // In ms.
  const UNDO_FOR = 60 * 1000;
  const MISSED = "What you tapped before that was answered did nothing: tap it again.";
  const after = document.querySelector("[data-after]");
  let isLeaving = false;
  // What is being answered, and whether something else was tapped meanwhile.
  let answered = null;
  let isMissed = false;

  const messagesOf = (doc, kinds = "li") =>
    [...doc.querySelectorAll(".messages")].flatMap((all) => [...all.querySelectorAll(kinds)]).map((each) => each.innerText.trim() || each.textContent.trim());

  // What happened, and what can be done about it for a minute. Where nothing did, that stays.
  const say = (doc, words) => {
    const said = doc ? messagesOf(doc) : [];
    if (words) said.push(words);
    if (!said.length) return;
    after.querySelector("[data-said]").textContent = said.join(" ");
    const acts = after.querySelector("[data-acts]");
    const fresh = doc && doc.querySelector("[data-acts]");
    if (fresh) acts.replaceChildren(...[...fresh.children].map(adopt));
    // Beside what happened to one request stands nothing about another one.
    const undo = acts.querySelector("[data-undo]");
    if (undo && !said.some((each) => each.includes(undo.dataset.undo))) undo.remove();
    after.hidden = false;
    endUndo();
  };

  const endUndo = () => {
    for (const undo of after.querySelectorAll("[data-undo]")) setTimeout(() => undo.remove(), UNDO_FOR);
  };

  // A list that isn't asked for again says of its rows what was done to them last.
  const sayInRows = (doc) => {
    for (const first of list.querySelectorAll("[data-stands]:first-of-type")) {
      const about = `${rowOf(first).querySelector(".desk__number").textContent}:`;
      const said = messagesOf(doc, ".success, .warning").filter((each) => each.startsWith(about));
      if (!said.length) continue;
      first.textContent = said.join(" ");
      const last = first.nextElementSibling;
      if ("stands" in last.dataset) last.remove();
    }
  };

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
    if (!isDesk()) sayInRows(doc);
    if (doc.querySelector("[data-list][data-fresh]")) {
      takeList(doc, row, isFromCard);
      return true;
    }
    const isGone = response.status === 410;
    // What was refused, or changed by somebody else meanwhile, is answered without leading elsewhere.
    const isAnswer = isGone || !response.redirected;
    const page = doc.querySelector("[data-request]") || (isAnswer ? doc.querySelector(".triage") : null);
    if (!page) return false;
    say(doc);
    if (row) open(row, page, !response.ok && !isGone);
    if (row && isGone) for (const each of row.querySelectorAll("[data-personal]")) each.remove();
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
    const headers = { "X-In-Place": isDesk() ? "yes" : "elsewhere" };
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

  // One tap at a time. A second one on the same is the first once more; another one did nothing, which is said.
  const whole = async (pressed, work) => {
    if (isBusy()) {
      isMissed ||= pressed !== answered;
      return;
    }
    answered = pressed;
    document.body.toggleAttribute("data-busy", true);
    try {
      await work();
    } catch {
      say(null, "That didn’t reach the site, so nothing is certain. Check your connection, and load the page again.");
    } finally {
      document.body.toggleAttribute("data-busy", false);
      if (isMissed) say(null, `${after.querySelector("[data-said]").textContent} ${MISSED}`.trim());
      isMissed = false;
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const isOurs = list.contains(form) || after.contains(form);
    const isElsewhere = form.target || (event.submitter && event.submitter.formTarget);
    if (!isOurs || isElsewhere || isLeaving || form.method !== "post" || event.defaultPrevented) return;
    event.preventDefault();
    whole(event.submitter || form, () => send(form, event.submitter));
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
    whole(link, () => look(link));
  });

  addEventListener("beforeunload", (event) => {
    if (!isLeaving && [...list.querySelectorAll("[data-row]")].some(hasTyped)) event.preventDefault();
  });

  endUndo();
})();

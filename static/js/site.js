/* Small comforts. Everything on the site works without this file. */

/** Show what only a script can do. */
for (const element of document.querySelectorAll("[data-needs-script]")) {
  element.hidden = false;
}

/** A notice that was closed stays closed in this browser, until it says something else. */
const CLOSED_NOTICE = "closed-notice";
const notice = document.querySelector("[data-notice]");
const closeNotice = notice?.querySelector("[data-close-notice]");
if (closeNotice) {
  let before = null;
  try {
    before = localStorage.getItem(CLOSED_NOTICE);
  } catch {
    // A browser that keeps nothing shows it on each page.
  }
  notice.hidden = before === notice.dataset.notice;
  closeNotice.hidden = false;
  closeNotice.addEventListener("click", () => {
    notice.hidden = true;
    document.querySelector("#main").focus({ preventScroll: true });
    try {
      localStorage.setItem(CLOSED_NOTICE, notice.dataset.notice);
    } catch {
      // The same.
    }
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const said = document.querySelector("[data-copied]");
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      said.textContent = "The link is copied.";
    } catch {
      // No permission, or no secure connection: then the reader copies it by hand.
      said.textContent = `Copy this link: ${button.dataset.copy}`;
    }
  });
}

/**
 * A narrow screen shows some tables as lists, and Safari before 17 then reads out no table any more.
 * The HTML may not say once more that they are; other browsers need nothing.
 */
const TABLE_ROLES = {
  "thead, tbody": "rowgroup",
  tr: "row",
  td: "cell",
  'th[scope="col"]': "columnheader",
  'th[scope="row"]': "rowheader",
};
for (const table of document.querySelectorAll(".table--comparison, .table--fees, .table--data")) {
  table.setAttribute("role", "table");
  for (const [parts, role] of Object.entries(TABLE_ROLES)) {
    for (const part of table.querySelectorAll(parts)) part.setAttribute("role", role);
  }
}

/** After a form came back with errors, start reading at their summary. */
document.querySelector(".error-summary")?.focus();

/** On paper every question is answered. */
const closed = () => document.querySelectorAll("details:not([open])");
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...closed()];
  for (const details of opened) details.open = true;
});
window.addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});

/* Above the blocks of a page: one place that takes a whole text and makes blocks of it. */

(() => {
  const WORDS = "Paste a whole text";
  const HELP =
    "Paste here: with Ctrl or ⌘ and V, or on a phone by holding your finger on it. Headings, texts, lists, tables and quotes become blocks below the ones that are there.";
  const escaped = (text) => {
    const place = document.createElement("p");
    place.textContent = text;
    return place.innerHTML;
  };
  const fromPlain = (text) =>
    text
      .split(/\n\s*\n/)
      .map((part) => `<p>${escaped(part).replace(/\n/g, "<br>")}</p>`)
      .join("");

  /** Fill in the title of the page where it has none; where it has one, the text's own becomes a heading. */
  function takeTitle(answer) {
    const field = document.querySelector("#id_title");
    if (!answer.title || field?.value === answer.title) return;
    if (field && !field.value) {
      field.value = answer.title;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      return;
    }
    answer.blocks.unshift({ type: "heading", value: { text: answer.title } });
  }

  async function paste(stream, field, html) {
    const answer = await window.pasting.ask(html, [["whole", "on"]]);
    if (!answer.error) {
      takeTitle(answer);
      for (const { type, value } of answer.blocks) {
        const block = { type, value, id: crypto.randomUUID?.() ?? null };
        stream.insert(block, stream.children.length, {});
      }
    }
    const count = answer.blocks?.length;
    const made = count === 1 ? "One block was made." : `${count} blocks were made.`;
    window.pasting.sayWhatCame(field, answer, `${made} Look them through. What the checks find in them stands above the title.`);
  }

  function place(stream) {
    const details = document.createElement("details");
    details.className = "whole-text";
    details.innerHTML =
      '<summary></summary><div class="whole-text__field" contenteditable="true" role="textbox" aria-multiline="true"></div>';
    const field = details.lastElementChild;
    details.firstElementChild.textContent = WORDS;
    field.setAttribute("aria-label", HELP);
    field.dataset.help = HELP;
    details.addEventListener("toggle", () => {
      if (!details.open) return;
      // What is said of a paste stands below the field, and has to be seen, too.
      details.scrollIntoView({ block: "start", behavior: "instant" });
      field.focus({ preventScroll: true });
    });
    // It only takes what is pasted; typing belongs into the blocks.
    field.addEventListener("beforeinput", (event) => event.preventDefault());
    field.addEventListener("paste", (event) => {
      event.preventDefault();
      const plain = event.clipboardData.getData("text/plain");
      const html = event.clipboardData.getData("text/html") || fromPlain(plain);
      paste(stream, field, html);
    });
    return details;
  }

  class PastedStreamDefinition extends window.wagtailStreamField.blocks
    .StreamBlockDefinition {
    render(...args) {
      const stream = super.render(...args);
      stream.container[0].before(place(stream));
      return stream;
    }
  }

  window.telepath.register("clinic.pasting.Story", PastedStreamDefinition);
})();

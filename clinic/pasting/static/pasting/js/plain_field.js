/* Pasting into a plain field, such as a title: a raised sign becomes one of its own, for as plain text 10⁶ is 106. */

(() => {
  const RAISED = /<su[bp]\b|vertical-align:\s*(super|sub)/i;
  const FIELD = "input[type=text], input:not([type]), textarea";

  async function paste(field, html) {
    const answer = await window.pasting.ask(html, []);
    if (!answer.error) {
      const lines = answer.content.blocks.map(({ text }) => text);
      const words = lines.join(field.matches("textarea") ? "\n" : " ");
      const { selectionStart, selectionEnd } = field;
      field.setRangeText(words, selectionStart, selectionEnd, "end");
      for (const type of ["input", "change"]) {
        field.dispatchEvent(new Event(type, { bubbles: true }));
      }
    }
    window.pasting.sayWhatCame(field, { ...answer, said: [] }, "Pasted.");
  }

  document.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    // A table that was pasted into one of its cells is filled already.
    if (event.defaultPrevented || !event.target.matches?.(FIELD)) return;
    if (!RAISED.test(html)) return;
    event.preventDefault();
    paste(event.target, html);
  });
})();

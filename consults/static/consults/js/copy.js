// Copies prepared words, so that nobody types them off the screen; without it they can be marked and copied.
(() => {
  document.documentElement.dataset.copies = "";
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const words = button.previousElementSibling;
    try {
      await navigator.clipboard.writeText(words.innerText);
      button.textContent = "Copied";
    } catch {
      // Not allowed here: the words are marked, ready for the keys that copy.
      getSelection().selectAllChildren(words);
    }
  });
})();

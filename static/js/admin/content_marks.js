// Shows in a preview where the checks found something: they ran on the server, by the one list there is, and
// say here which words of the page are meant. Wagtail's own checker draws the marks and lists them.
(() => {
  const data = document.querySelector("wagtail-userbar")?.shadowRoot?.querySelector("#content-findings");
  const userbar = window.wagtail?.userbar;
  if (!data || !userbar?.registerCheck) return;
  const { kinds, findings } = JSON.parse(data.textContent);

  const READ = "h1, h2, h3, h4, p, li, dt, dd, td, th, caption, figcaption, blockquote, summary, a, img";
  const wordsOf = (text) => (text || "").replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "").replace(/\s+/g, " ").trim();

  // The smallest part that says the whole passage; what stands nowhere on the page belongs to its title.
  const placeOf = (passage, parts) => {
    const meant = passage && parts.filter((part) => part.words.includes(passage));
    const smallest = meant && meant.sort((one, other) => one.words.length - other.words.length)[0];
    return smallest ? smallest.element : document.querySelector("h1");
  };

  let places = null;
  const find = () => {
    const main = document.querySelector("main") || document.body;
    const parts = [...main.querySelectorAll(READ)].map((element) => ({
      element,
      words: wordsOf(element.matches("img") ? element.alt : element.textContent),
    }));
    places = {};
    for (const { key, words, passage, path } of findings) {
      const place = placeOf(wordsOf(passage), parts);
      (places[key] ||= new Set()).add(place);
      // By this the editor around the preview finds its own field: content_places.js.
      if (!place || place.hasAttribute(`data-found-${key}`)) continue;
      place.setAttribute(`data-found-${key}`, path);
      place.setAttribute(`data-words-${key}`, words);
    }
  };

  for (const key of kinds) {
    userbar.registerCheck(`check-${key}`, (element) => {
      if (!places) find();
      return !places[key]?.has(element);
    });
  }
})();

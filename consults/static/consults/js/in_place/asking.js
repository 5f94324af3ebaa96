// Asks the site for a page, for what the desk does without a reload. Without these scripts every link and form
// leads to a page that does the same.
(() => {
  // A browser that doesn't say which button was pressed would do something else than was tapped.
  if (!("SubmitEvent" in self && "submitter" in SubmitEvent.prototype)) return;
  // In ms.
  const ANSWERS_WITHIN = 30 * 1000;

  const ask = (address, options) => fetch(address, { ...options, signal: timeout() });
  const timeout = () => {
    const ends = new AbortController();
    setTimeout(() => ends.abort(), ANSWERS_WITHIN);
    return ends.signal;
  };
  const parse = async (response) => new DOMParser().parseFromString(await response.text(), "text/html");
  // While one tap is answered no other one is.
  const isBusy = () => document.body.hasAttribute("data-busy");

  window.inPlace = { ask, parse, isBusy };
})();

// Notes that this tab has sent a request, so that Back shows an empty form. It holds nothing of the request.
try {
  sessionStorage.setItem("consultation-sent", String(Date.now()));
} catch {
  // Without a place to note it, Back shows what the browser shows.
}

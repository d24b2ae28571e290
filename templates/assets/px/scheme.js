/* Before the first paint: the reader's colours, and whether only the primary source is shown.
   Where no choice is stored the system's colours hold, by CSS alone. */
(() => {
  const html = document.documentElement;
  html.classList.replace("no-js", "js");
  try {
    const scheme = localStorage.getItem("px-scheme");
    if (scheme === "light" || scheme === "dark") html.dataset.scheme = scheme;
    if (localStorage.getItem("px-lens")) html.dataset.lens = "stated";
  } catch {
    /* storage may be barred */
  }
})();

/* Before the first paint: the reader's colours, and whether only the primary source is shown. No choice stored: the system's, by CSS alone. */
(function (h) {
  h.classList.replace("no-js", "js");
  try { var s = localStorage.getItem("px-scheme"); if (s === "light" || s === "dark") h.dataset.scheme = s; if (localStorage.getItem("px-lens")) h.dataset.lens = "stated"; } catch (e) { /* storage may be barred */ }
})(document.documentElement);

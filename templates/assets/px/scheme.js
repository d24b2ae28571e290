/* Before the first paint: the reader's colours. No choice stored: the system's, by CSS alone. */
(function (h) {
  h.classList.replace("no-js", "js");
  try { var s = localStorage.getItem("px-scheme"); if (s === "light" || s === "dark") h.dataset.scheme = s; } catch (e) { /* storage may be barred */ }
})(document.documentElement);

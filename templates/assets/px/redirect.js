// Sends a reader on from the address a page had before, to the same place on the page it has now.
(function () {
  var here = document.currentScript, anchor = location.hash.slice(1);
  var place = anchor && here.getAttribute("data-at-" + anchor);
  var to = here.getAttribute("data-to");
  if (!place && anchor && here.getAttribute("data-keep") === "true") place = to.split("#")[0] + "#" + anchor;
  location.replace(place || to);
})();

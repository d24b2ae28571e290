/* Sends a reader on from the address a page had before, to the same place on the page it has now. */
(() => {
  const { currentScript: script } = document;
  const to = script.getAttribute("data-to");
  const anchor = location.hash.slice(1);
  let place = anchor && script.getAttribute(`data-at-${anchor}`);
  if (!place && anchor && script.getAttribute("data-keep") === "true") place = `${to.split("#")[0]}#${anchor}`;
  location.replace(place || to);
})();

/* Figures: save a chart as a picture, and a table of figures as CSV, as the page shows them. */
(() => {
  "use strict";

  const DRAWN = [
    ...["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "paint-order"],
    ...["font-size", "font-weight"],
  ];
  const under = () => (document.documentElement.dataset.lens ? ".px-off,.px-off-box,.px-n-all" : ".px-n-lens");

  function said(cell) {
    const copy = cell.cloneNode(true);
    for (const each of copy.querySelectorAll(under())) each.remove();
    // Dates, units and notes stand apart by their looks, which a cell of text has not.
    for (const each of copy.querySelectorAll("small")) {
      const apart = each.textContent && each.previousSibling?.nodeType === Node.TEXT_NODE;
      if (apart) each.textContent = ` (${each.textContent})`;
    }
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function shown(table) {
    const rows = [...table.rows].filter((row) => !row.matches(under()));
    return rows.map((row) => [...row.cells].map(said));
  }

  // A picture of its own has no style sheet: each part takes its looks along.
  function picture(drawing) {
    const copy = drawing.cloneNode(true);
    const parts = [drawing, ...drawing.querySelectorAll("*")];
    [copy, ...copy.querySelectorAll("*")].forEach((part, at) => {
      const looks = getComputedStyle(parts[at]);
      for (const name of DRAWN) {
        const value = looks.getPropertyValue(name);
        if (value && value !== "none") part.setAttribute(name, value);
        else if (name === "fill" || name === "stroke") part.setAttribute(name, "none");
      }
      part.removeAttribute("class");
    });
    const [, , width, height] = drawing.getAttribute("viewBox").split(" ");
    const ground = document.createElementNS(copy.namespaceURI, "rect");
    for (const [name, value] of Object.entries({ width, height })) {
      ground.setAttribute(name, value);
      copy.setAttribute(name, value);
    }
    ground.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
    copy.prepend(ground);
    copy.setAttribute("xmlns", copy.namespaceURI);
    copy.setAttribute("font-family", "sans-serif");
    return new XMLSerializer().serializeToString(copy);
  }

  for (const button of document.querySelectorAll("[data-px-save-table]")) {
    const table = button.closest("[data-px-figure]").querySelector("table");
    button.addEventListener("click", () => window.pxSave.table(button.dataset.pxSaveTable, shown(table)));
    button.hidden = false;
  }
  for (const button of document.querySelectorAll("[data-px-save-chart]")) {
    const drawings = [...button.closest("[data-px-figure]").querySelectorAll(".px-curve")];
    button.addEventListener("click", () => {
      const seen = drawings.find((each) => getComputedStyle(each).display !== "none") || drawings[0];
      window.pxSave.file(button.dataset.pxSaveChart, "image/svg+xml", picture(seen));
    });
    button.hidden = false;
  }
})();

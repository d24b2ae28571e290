/* Figures: save a chart as a picture, and a table of figures as CSV, as the page shows them. */
(() => {
  "use strict";

  const DRAWN = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "font-size", "font-weight"];
  const under = () => (document.documentElement.dataset.lens ? ".px-off,.px-off-box,.px-n-all" : ".px-n-lens");

  function save(name, type, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  // The apostrophe keeps a spreadsheet from running the text as a formula; a minus before a number is none.
  const guarded = (text) => (/^[=+\-@\t\r]/.test(text) && !/^[-+][\d.,]+$/.test(text) ? `'${text}` : text);
  const quoted = (text) => `"${guarded(text).replaceAll('"', '""')}"`;

  function said(cell) {
    const copy = cell.cloneNode(true);
    for (const each of copy.querySelectorAll(under())) each.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function csv(table) {
    const rows = [...table.rows].filter((row) => !row.matches(under()));
    // The mark at the beginning tells Excel that it is UTF-8.
    return `\ufeff${rows.map((row) => `${[...row.cells].map((cell) => quoted(said(cell))).join(",")}\r\n`).join("")}`;
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
    button.addEventListener("click", () => save(button.dataset.pxSaveTable, "text/csv", csv(table)));
    button.hidden = false;
  }
  for (const button of document.querySelectorAll("[data-px-save-chart]")) {
    const drawings = [...button.closest("[data-px-figure]").querySelectorAll(".px-curve")];
    button.addEventListener("click", () => {
      const seen = drawings.find((each) => getComputedStyle(each).display !== "none") || drawings[0];
      save(button.dataset.pxSaveChart, "image/svg+xml", picture(seen));
    });
    button.hidden = false;
  }
})();

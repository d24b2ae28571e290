/* The page of a source: a sentence and the entries that rest on it light each other up; on a phone the entries of a
   sentence are opened by a tap. Without this file everything is open, and nothing is lit but the sentence linked to. */
(() => {
  "use strict";

  const box = document.querySelector(".px-rd");
  const rows = [...box.querySelectorAll(".px-sn")];
  const lit = [];

  function light(elements) {
    for (const element of lit.splice(0)) element.classList.remove("is-lit");
    for (const element of elements) {
      element.classList.add("is-lit");
      lit.push(element);
    }
  }

  const entries = (row) => [...row.querySelectorAll(".px-its .px-ref")];

  function lightSentence(row) {
    light([row, ...entries(row)]);
  }

  function lightEntry(link) {
    const same = rows.flatMap((row) => entries(row)).filter((entry) => entry.querySelector("a")?.href === link.href);
    light([...same, ...same.map((entry) => entry.closest(".px-sn"))]);
  }

  function onReach(event) {
    const link = event.target.closest?.(".px-its a");
    const words = event.target.closest?.(".px-sn__t");
    if (link) lightEntry(link);
    else if (words) lightSentence(words.parentElement);
    else if (event.type === "pointerover") light([]);
  }

  box.addEventListener("pointerover", (event) => event.pointerType !== "touch" && onReach(event));
  box.addEventListener("pointerleave", () => light([]));
  box.addEventListener("focusin", onReach);
  box.addEventListener("focusout", () => light([]));

  /* ---- phones: "18 entries" opens what rests on a sentence */

  const inWords = (number) => globalThis.pxWords.ngettext("%(n)s entry", "%(n)s entries", number);
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  for (const row of rows) {
    const number = entries(row).length;
    const stated = entries(row).filter((entry) => !entry.classList.contains("px-off")).length;
    if (!number) continue;
    const button = make("button", { className: stated ? "px-count" : "px-count px-off-box", type: "button" });
    button.append(
      make("span", { className: "px-n-all", textContent: inWords(number) }),
      make("span", { className: "px-n-lens", textContent: inWords(stated) }),
    );
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => {
      const open = row.classList.toggle("is-open");
      button.setAttribute("aria-expanded", String(open));
      if (open) lightSentence(row);
      else light([]);
    });
    row.querySelector(".px-its").prepend(button);
  }
})();

/* Cards of terms: under the pointer or the focus. Escape closes; the pointer may move onto the card (WCAG 1.4.13). */
(() => {
  "use strict";

  const terms = window.PX_TERMS || {};
  let card = null;
  let owner = null; // the link that the card belongs to
  let timer;

  function make(tag, className, text, lang) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    if (lang) element.lang = lang;
    return element;
  }

  function hide() {
    clearTimeout(timer);
    card?.remove();
    owner?.removeAttribute("aria-describedby");
    card = null;
    owner = null;
  }

  function hideSoon() {
    clearTimeout(timer);
    timer = setTimeout(hide, 220);
  }

  function draw([title, names, definition, uses]) {
    const box = make("div", "px-card");
    box.id = "px-card";
    box.setAttribute("role", "tooltip");
    const line = make("p", "px-card__n");
    for (const [lang, name] of names) line.append(make("span", "", name, lang), " ");
    box.append(make("p", "px-card__t", title), line, make("p", "", definition));
    if (uses) box.append(make("p", "px-card__u", uses === 1 ? "Used by 1 entry." : `Used by ${uses} entries.`));
    return box;
  }

  // Below the link, or above it where there is no room.
  function place(link) {
    const line = link.getClientRects()[0] || link.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = card;
    const above = line.top - height - 6;
    const below = line.bottom + 6;
    const top = below + height > innerHeight - 8 && above > 60 ? above : below;
    const left = Math.max(8, Math.min(line.left, document.documentElement.clientWidth - width - 8));
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${top + scrollY}px`;
  }

  function show(link) {
    clearTimeout(timer);
    const term = terms[decodeURIComponent(link.hash.slice(1))];
    if (owner === link || !term) return;
    hide();
    owner = link;
    link.removeAttribute("title");
    card = draw(term);
    document.getElementById("px-content").append(card);
    link.setAttribute("aria-describedby", "px-card");
    place(link);
    card.addEventListener("pointerenter", () => clearTimeout(timer));
    card.addEventListener("pointerleave", hideSoon);
  }

  const termOf = (event) => event.target.closest?.(".px-term");

  document.addEventListener("pointerover", (event) => {
    const link = termOf(event);
    if (!link || (event.pointerType === "touch" && link !== owner)) return;
    clearTimeout(timer);
    if (link !== owner) timer = setTimeout(show, owner ? 0 : 140, link);
  });
  document.addEventListener("focusin", (event) => {
    const link = termOf(event);
    if (link?.matches(":focus-visible")) show(link);
  });
  for (const name of ["pointerout", "focusout"]) {
    document.addEventListener(name, (event) => {
      if (termOf(event)) hideSoon();
    });
  }
  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !card) return;
      event.stopPropagation();
      hide();
    },
    true,
  );

  // What was pointed at while this file was on its way
  const first = document.documentElement.pxFirst;
  if (first?.matches(":hover,:focus-visible")) show(first);
})();

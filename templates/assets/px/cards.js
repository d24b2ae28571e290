/* Plan Explorer, cards of terms: under the pointer or the focus. Escape closes; the pointer may move onto the card (WCAG 1.4.13). */
(function () {
  "use strict";
  var d = document, terms = window.PX_TERMS || {}, card, owner, timer;
  function el(tag, look, text, lang) { var e = d.createElement(tag); if (look) e.className = look; if (text) e.textContent = text; if (lang) e.lang = lang; return e; }
  function hide() {
    clearTimeout(timer);
    if (card) { card.remove(); card = null; }
    if (owner) { owner.removeAttribute("aria-describedby"); owner = null; }
  }
  function later() { clearTimeout(timer); timer = setTimeout(hide, 220); }
  function draw(term) {
    var box = el("div", "px-card"), names = el("p", "px-card__n");
    box.id = "px-card"; box.setAttribute("role", "tooltip");
    term[1].forEach(function (n) { names.append(el("span", "", n[1], n[0]), " "); });
    box.append(el("p", "px-card__t", term[0]), names, el("p", "", term[2]));
    if (term[3]) box.append(el("p", "px-card__u", term[3] === 1 ? "Used by 1 entry." : "Used by " + term[3] + " entries."));
    return box;
  }
  function place(a) {
    var r = a.getClientRects()[0] || a.getBoundingClientRect(), w = card.offsetWidth, h = card.offsetHeight, wide = d.documentElement.clientWidth;
    var y = r.bottom + 6;
    if (y + h > innerHeight - 8 && r.top - h - 6 > 60) y = r.top - h - 6;
    card.style.left = Math.max(8, Math.min(r.left, wide - w - 8)) + scrollX + "px";
    card.style.top = y + scrollY + "px";
  }
  function show(a) {
    clearTimeout(timer);
    var term = terms[decodeURIComponent(a.hash.slice(1))];
    if (owner === a || !term) return;
    hide(); owner = a; a.removeAttribute("title");
    card = draw(term); d.querySelector("main").append(card); a.setAttribute("aria-describedby", "px-card"); place(a);
    card.addEventListener("pointerenter", function () { clearTimeout(timer); });
    card.addEventListener("pointerleave", later);
  }
  function term(e) { return e.target.closest && e.target.closest(".px-term"); }
  d.addEventListener("pointerover", function (e) {
    var a = term(e); if (!a || e.pointerType === "touch" || a === owner) { if (a === owner) clearTimeout(timer); return; }
    clearTimeout(timer); timer = setTimeout(show, owner ? 0 : 140, a);
  });
  d.addEventListener("pointerout", function (e) { if (term(e)) later(); });
  d.addEventListener("focusin", function (e) { var a = term(e); if (a && a.matches(":focus-visible")) show(a); });
  d.addEventListener("focusout", function (e) { if (term(e)) later(); });
  addEventListener("keydown", function (e) { if (e.key === "Escape" && card) { e.stopPropagation(); hide(); } }, true);
  var first = d.documentElement.pxFirst;
  if (first && first.matches(":hover,:focus-visible")) show(first);
})();

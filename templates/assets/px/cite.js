/* Quotations of single statements, and what "Cite this page" says when the address points to one: its words, its label
   and its full address. Without this file quotations open and can be selected, and the page is cited as a whole. */
(() => {
  "use strict";

  const config = document.getElementById("px-config");
  const WORDS = config ? JSON.parse(config.textContent).words : {};
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const box = one(".px-cite");

  // A site that knows no address of its own is cited at the one it was read at.
  function addressOf(place) {
    if (/^https?:/.test(place) || !location.protocol.startsWith("http")) return place;
    return location.origin + location.pathname;
  }

  /* ---- quotations */

  const template = document.getElementById("px-quote");

  function wordsOf(statement) {
    const copy = statement.cloneNode(true);
    for (const aside of all(".px-qb,.px-loc,.px-ev,small,.px-card,ul", copy)) aside.remove();
    return copy.textContent
      .replace(/\s+/g, " ")
      .replace(/\s+(?=[.,;:])/g, "")
      .trim();
  }

  // Put together from the page, where so many are said that they are not written out one by one.
  function compose(button) {
    const id = button.hash.slice(1);
    const card = template.content.firstElementChild.cloneNode(true);
    card.id += id;
    one(".px-card__x", card).setAttribute("popovertarget", card.id);
    const { pxTitle, pxLabel, pxRests, pxWords } = button.dataset;
    const statement = document.getElementById(decodeURIComponent(id));
    const told = { title: pxTitle, label: pxLabel, rests: pxRests, words: pxWords || wordsOf(statement) };
    for (const [name, words] of Object.entries(told)) one(`.px-quote__${name}`, card).textContent = words;
    one(".px-quote__place", card).append(id);
    document.getElementById("px-content").append(card);
    prepare(card);
    return card;
  }

  function quotationOf(id) {
    const written = document.getElementById(`quote-${id}`);
    const button = !written && template && one(`a.px-qb[href="#${CSS.escape(id)}"]`);
    return button ? compose(button) : written;
  }

  async function copy(text, card) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea"); // of pages that are not served securely
    area.value = text;
    card.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  function prepare(card) {
    const place = one(".px-quote__place", card);
    const [page, id] = place.textContent.split("#");
    place.textContent = `${addressOf(page)}#${id}`;
    const opener = one(`.px-qb:is([popovertarget="${card.id}"],[href="#${CSS.escape(id)}"])`);
    card.addEventListener("toggle", (event) => opener.classList.toggle("is-on", event.newState === "open"));
    card.addEventListener("beforetoggle", () => addButtons(card), { once: true });
  }

  function addButtons(card) {
    const place = one(".px-quote__place", card);
    const status = document.createElement("span");
    status.className = "px-sr";
    status.setAttribute("role", "status");
    card.append(document.getElementById("px-quote-foot").content.cloneNode(true));
    for (const button of all("[data-px-copy]", card)) {
      const words = button.textContent;
      button.addEventListener("click", async () => {
        const quotation = one(".px-quote", card).textContent.replace(/\s+/g, " ").trim();
        await copy(button.dataset.pxCopy === "link" ? place.textContent : quotation, card);
        button.textContent = "Copied";
        status.textContent = WORDS.copied || "Copied";
        setTimeout(() => {
          button.textContent = words;
          status.textContent = "";
        }, 2000);
      });
      button.after(status);
    }
  }

  for (const card of all(".px-card--quote")) prepare(card);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("a.px-qb");
    if (!button || !template || !button.showPopover) return;
    event.preventDefault();
    const card = quotationOf(decodeURIComponent(button.hash.slice(1)));
    button.style.anchorName = card.style.positionAnchor = `--${card.id}`;
    card.showPopover();
  });

  /* ---- how to cite the page, or the statement that the address points to */

  if (!box) return;
  const { pxPlace, pxNote } = box.dataset;
  const note = Object.assign(document.createElement("p"), { className: "px-note", textContent: WORDS.cites });
  const TEX = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
  const plain = (text) => text;
  const escapes = {
    bibtex: (text) => text.replace(/[\\{}&%#_$~^]/g, (sign) => TEX[sign] || `\\${sign}`),
    json: (text) => JSON.stringify(text).slice(1, -1),
  };
  const texts = all("code,p", box).flatMap((element) => {
    const format = /language-(\w+)/.exec(element.className)?.[1];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes.map((node) => [node, node.data, escapes[format] || plain]);
  });
  const noted = one(".px-cite__note", box);
  one("summary", box).after(note);

  function cite() {
    const id = decodeURIComponent(location.hash.slice(1));
    const quotation = id && quotationOf(id);
    const part = (name) => one(`.px-quote__${name}`, quotation).textContent;
    const said = quotation ? `“${part("words")}” [${part("rests")}].` : pxNote;
    const address = addressOf(pxPlace) + (quotation ? `#${id}` : "");
    for (const [node, text, escape] of texts) {
      node.data = text.replaceAll(pxPlace, () => address).replace(escape(pxNote) || /(?!)/, () => escape(said));
    }
    noted.textContent = said;
    note.hidden = !quotation;
  }

  addEventListener("hashchange", cite);
  cite();
})();

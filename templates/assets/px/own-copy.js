/* A reader's own copy of a source: split by the rule of generator/plan_explorer/evidence/sentences.py (told in
   docs/evidence.md), recognized by fingerprints, shown in place of openings. It is kept for this tab and never sent. */
(() => {
  "use strict";

  const MAX_BYTES = 20_000_000;
  const ABBREVIATIONS = new Set([
    ..."Mr Mrs Ms Dr Prof St Gen Col Sen Rep Gov Jr Sr No Nos Art Arts Sec Para Paras Ch Vol Fig".split(" "),
    ..."pp cf vs etc al e.g i.e MM".split(" "),
  ]);
  const NUMBERED = new Set("art arts chap env p".split(" ")); // only before a number
  const MAX_HEADING = 20; // words; twice as many characters where words are not spaced
  const BLANKS = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
  const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
  const CLOSERS = "(?: ?»|[\"'”’)\\]」』】》）])*";
  const OPENERS = "\"'“‘«„([「『【《（¿¡";
  const UNSPACED = [
    "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff",
    "\\uf900-\\ufaff\\u{20000}-\\u{3ffff}",
  ].join(""); // Thai, Lao, Burmese, Khmer, Kana and Han
  const BETWEEN = `[${UNSPACED}\\u3000-\\u303f\\uff00-\\uffef]`;
  const BETWEEN_UNSPACED = new RegExp(`(?<=${BETWEEN})\\n(?=${BETWEEN})`, "gu");
  const UNSPACED_LETTER = new RegExp(`[${UNSPACED}]`, "gu");
  const END = new RegExp(`[。！？]+${CLOSERS}|(?<stop>[.!?…؟۔]+)${CLOSERS}(?= )`, "gu");
  const ENDS_OPEN = new RegExp(`[.!?…؟۔。！？,;:،؛，、；：]${CLOSERS}$`, "u");

  const BULLET = /^[-*•‣·◦▪] +/u;

  const count = (text, pattern) => (text.match(pattern) || []).length;
  const collapse = (text) => text.replace(INVISIBLE, "").replace(BLANKS, " ").replace(/^ | $/g, "");

  function normalise(text) {
    return collapse(
      text
        .normalize("NFKC")
        .replace(/[‘’‚‛]/g, "'")
        .replace(/[“”„‟]/g, '"'),
    );
  }

  // FNV-1a, 64 bits
  function fingerprint(text) {
    let value = 0xcbf29ce484222325n;
    for (const byte of new TextEncoder().encode(normalise(text))) {
      value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
    }
    return value.toString(16).padStart(16, "0");
  }

  function paragraphs(text) {
    const lines = text
      .replace(/\r\n?/g, "\n")
      .trim()
      .split("\n")
      .map((line) => line.trim());
    return lines.includes("")
      ? lines
          .join("\n")
          .split(/\n{2,}|\n(?=[-*•‣·◦▪] +)/u)
          .filter(Boolean)
      : lines;
  }

  const isUnspaced = (text) => 2 * count(text, UNSPACED_LETTER) > count(text, /\p{L}/gu);

  function countWords(text) {
    if (isUnspaced(text)) return count(text, /[\p{L}\p{N}]/gu);
    return collapse(text).split(" ").length;
  }

  function isHeading(paragraph) {
    const text = paragraph.trim();
    if (BULLET.test(text)) return false;
    return (
      !text.includes("\n") && !ENDS_OPEN.test(text) && countWords(text) <= (isUnspaced(text) ? 2 : 1) * MAX_HEADING
    );
  }

  // Whether a stop behind what stands in front of it ends a sentence that begins at `start`.
  function ends(text, start, match) {
    const end = match.index + match[0].length;
    const follows = String.fromCodePoint(text.codePointAt(end + 1));
    if (!OPENERS.includes(follows) && !/[\p{Lu}\p{Lt}\p{Lo}\p{Nd}]/u.test(follows)) return false;
    if (match.groups.stop !== "." || match[0] !== ".") return true;
    const before = text.slice(start, match.index).replace(/^ +/, "");
    if (start === 0 && /^[(（]?\p{Nd}+$/u.test(before)) return false;
    if (/(?:^|[\s.(["'“‘])\p{Lu}$/u.test(before)) return false;
    const last = /[^\s(["'“‘’]*$/.exec(before)[0];
    return !ABBREVIATIONS.has(last) && !(NUMBERED.has(last) && /\p{Nd}/u.test(follows));
  }

  function sentences(text) {
    const found = [];
    let start = 0;
    for (const match of text.matchAll(END)) {
      if (match.groups.stop && !ends(text, start, match)) continue;
      const end = match.index + match[0].length;
      found.push(text.slice(start, end));
      start = end;
    }
    return [...found, text.slice(start)].map((each) => each.replace(/^ +| +$/g, "")).filter(Boolean);
  }

  const joinLines = (text) => collapse(text.replace(BETWEEN_UNSPACED, ""));

  function split(text, start = "") {
    const found = [];
    let begun = !start;
    for (const paragraph of paragraphs(text)) {
      let words = joinLines(paragraph).replace(BULLET, "");
      if (!begun) {
        begun = words.includes(start);
        words = words.slice(words.indexOf(start));
      }
      if (begun && words && !isHeading(paragraph)) found.push(...sentences(words));
    }
    return found;
  }

  window.PX_OWN = { split, fingerprint };

  /* ---- the page of a source */

  const box = document.querySelector(".px-own");
  if (!box) return;
  const outline = JSON.parse(document.getElementById("px-outline").textContent);
  const KEY = `px-own:${new URL("../../", document.currentScript.src).pathname}`;
  const result = box.querySelector("[role=status]");
  const input = box.querySelector("input");
  const away = box.querySelector("button");
  const sentencesInOrder = [...document.querySelectorAll(".px-sn")].filter(({ id }) => outline.prints[id]);
  const rows = sentencesInOrder.map((row) => {
    const words = row.querySelector(".px-orig");
    return { id: row.id, print: outline.prints[row.id], words, published: [...words.childNodes] };
  });

  function show(copy) {
    const missing = [];
    for (const { id, print, words, published } of rows) {
      const known = Object.hasOwn(copy, print);
      if (known) words.textContent = copy[print];
      else words.replaceChildren(...published);
      if (!known) missing.push(id);
    }
    return missing;
  }

  function tell(words, missing = []) {
    result.replaceChildren();
    const head = document.createElement("strong");
    head.textContent = words;
    result.append(head);
    if (missing.length && missing.length < rows.length) {
      const list = document.createElement("p");
      list.append(outline.others, " ");
      for (const id of missing) {
        const link = document.createElement("a");
        link.href = `#${id}`;
        link.textContent = outline.names[id];
        list.append(link, " ");
      }
      result.append(list);
    }
  }

  const agreement = (missing) =>
    outline.agree.replace("{number}", rows.length - missing.length).replace("{total}", rows.length);

  function put(copy) {
    document.documentElement.pxOwn = copy;
    try {
      if (copy) sessionStorage.setItem(KEY, JSON.stringify(copy));
      else sessionStorage.removeItem(KEY);
    } catch {
      /* then it holds for this page */
    }
  }

  async function read(file) {
    if (file.size > MAX_BYTES) throw new Error(outline.large);
    const bytes = await file.arrayBuffer();
    const [first, second] = new Uint8Array(bytes);
    const wide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
    try {
      const text = new TextDecoder(wide ? (first === 0xff ? "utf-16le" : "utf-16be") : "utf-8", { fatal: true });
      const decoded = text.decode(bytes);
      if (!decoded.includes("\0")) return decoded;
    } catch {
      /* another encoding, or no text at all */
    }
    throw new Error(outline.unreadable);
  }

  // Sentences are known by their fingerprints, so that a copy may have more in it, or part paragraphs elsewhere.
  function match(text) {
    const copy = {};
    const begun = outline.start ? split(text, outline.start) : [];
    for (const sentence of [...split(text), ...begun]) copy[fingerprint(sentence)] = sentence;
    const missing = show(copy);
    if (missing.length === rows.length) throw new Error(outline.none);
    put(copy);
    away.hidden = false;
    tell(agreement(missing), missing);
  }

  // Whether there was a copy to put away.
  function putAway() {
    const kept = !away.hidden;
    put(null);
    show({});
    away.hidden = true;
    return kept;
  }

  input.addEventListener("change", async () => {
    if (!input.files.length) return;
    try {
      match(await read(input.files[0]));
    } catch (error) {
      tell(putAway() ? `${error.message} ${outline.away}` : error.message);
    }
    input.value = ""; // so that the same file can be chosen again
  });

  away.addEventListener("click", () => {
    putAway();
    tell(outline.away);
    input.focus();
  });

  let kept;
  try {
    kept = JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    kept = null;
  }
  if (kept) {
    const missing = show(kept);
    away.hidden = missing.length === rows.length;
    if (!away.hidden) tell(agreement(missing), missing);
    document.documentElement.pxOwn = kept;
  }
})();

/* What matches a query, and how well. No DOM here; search.js loads this when search is opened.
   The index is scanned from end to end for each query: fast enough for tens of thousands of
   entries and, other than an index of words, it finds Chinese inside a sentence. */
(() => {
  "use strict";

  const HAN = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u; // no spaces between words
  const LETTER = /[\p{L}\p{N}]/u;
  const bare = new Map();
  const simple = new Map(); // traditional character → simplified, for those the index knows in either form
  let traditional = /(?!)/g;

  // Lower case without accents, letter for letter: a place in the folded text is the same place in
  // the text. Kana and Hangul stay as they are; dashes part words; of two English spellings that
  // are as long as each other (-ise, -ize; -tre, -ter) one stands for both.
  const fold = (text) =>
    text
      .replace(/[-_/]|[^\n-~\u2e80-\ud7ff]/g, (c) => {
        if (!bare.has(c)) {
          const base = c.normalize("NFKD").replace(/\p{M}/gu, "");
          bare.set(c, /[-_/\p{Pd}]/u.test(c) ? " " : c === "’" ? "'" : base.length === 1 ? base : c);
        }
        return bare.get(c);
      })
      .toLowerCase()
      .replace(traditional, (c) => simple.get(c))
      .replace(/(?<=[a-z]{4})is(?=(?:ations?|e[drs]?|ing)\b)/g, "iz")
      .replace(/(?<=[a-z]{3})tre(?=s?\b)/g, "ter");

  /* ---- the index: rows as site/search_index.py writes them ---- */

  function read(rows, pairs) {
    for (let at = 0; at < pairs.length; at += 2) simple.set(pairs[at], pairs[at + 1]);
    if (simple.size) traditional = new RegExp(`[${[...simple.keys()].join("")}]`, "g");
    return rows.map(([url, kind, title, code = "", names = [], aliases = [], boost = 1, outside = 0], at) => ({
      at,
      url,
      kind,
      title,
      code,
      names,
      aliases,
      boost: Math.max(-20, Math.min(20, 10 * Math.log2(boost))),
      key: code.toLowerCase(),
      forms: [title, ...names.filter((name) => !name[2]).map((name) => name[1])].map(fold),
      sounds: names.filter((name) => name[2]).map((name) => name[2].split(" ")),
      others: aliases.map(fold),
      outside: Boolean(outside), // the primary source says nothing of it
      text: "",
      flat: "",
      stated: 0, // so much of the text is what the primary source says
      score: 0,
    }));
  }

  function addText(entries, data) {
    const texts = data.split("\n");
    const flats = fold(data).split("\n");
    entries.forEach((entry, n) => {
      const end = texts[n].indexOf("\t");
      entry.stated = end < 0 ? texts[n].length : end;
      entry.text = texts[n].replace("\t", " ");
      entry.flat = flats[n].replace("\t", " ");
    });
  }

  /* ---- the query ---- */

  function parse(value) {
    const text = fold(value.normalize("NFC")).trim().replace(/\s+/g, " ");
    const runs =
      text.replace(new RegExp(HAN.source + "+", "gu"), " $& ").match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}.'+]*/gu) || [];
    const words = [...new Set(runs.map((run) => run.replace(/[.'+]+$/, "")))].map(term);
    // A word alone is the phrase, with whatever signs stood around it.
    return { value: value.trim(), whole: words.length === 1 ? words[0] : term(text), words };
  }

  function term(text) {
    // As typed pinyin: v is ü, and digits after letters are tones, or part of a name like ipv6.
    const plain = text.replace(/[\s']/g, "").replace(/v/g, "u");
    const toneless = plain.replace(/(?<=[a-z])[1-5](?!\d)/g, "");
    const sounds = /^[a-z0-9]{2,}$/.test(plain) ? [...new Set([plain, toneless])] : [];
    return { text, stem: stem(text), han: HAN.test(text), sounds };
  }

  // Without its ending; as words are found by their beginning, no more grammar is needed.
  function stem(word) {
    if (word.length < 5 || /(ss|us|is)$/.test(word)) return word;
    const short = word.replace(/(ies|(?<=s|x|z|ch|sh)es|s|y)$|(?<=.{4})(ing|ed)$/, "");
    return short.length > 3 ? short : word;
  }

  /* ---- one word in one text ---- */

  // Where a word beginning with `text` stands; where words are not parted, any place. -1: nowhere.
  function place(hay, text, han, from = 0) {
    let at = hay.indexOf(text, from);
    while (at > 0 && !han && LETTER.test(hay[at - 1]) && !HAN.test(hay[at - 1])) at = hay.indexOf(text, at + 1);
    return at;
  }

  // How syllables from `at` on begin as `text` is spelt: [3, 2] for shuju, [1, 1] for sj in shu ju.
  // Of a syllable stands all, or the initial; the last, still being typed, may break off anywhere.
  function spell(syllables, text, at) {
    const syllable = syllables[at];
    let size = 0;
    while (syllable && size < syllable.length && syllable[size] === text[size]) size++;
    if (size && size === text.length) return [size];
    for (; size; size--) {
      const initial = size === 1 || (size === 2 && text[1] === "h");
      const rest = (initial || size === syllable.length) && spell(syllables, text.slice(size), at + 1);
      if (rest) return [size, ...rest];
    }
    return null;
  }

  function sound(syllables, texts) {
    for (const text of texts) {
      for (let at = 0; at < syllables.length; at++) {
        const sizes = spell(syllables, text, at);
        if (!sizes) continue;
        const full = sizes.slice(0, -1).every((size, n) => size === syllables[at + n].length);
        // Two initials amid a name are chance.
        if (full || !at || text.length > 2) return { at, sizes, full, text };
      }
    }
    return null;
  }

  /* ---- rank: steps for the kind of match, and up to 45 for how much of the name it is ---- */

  const NAME = { whole: 900, first: 800, later: 700, amid: 600, inside: 250 };
  const OTHER = { whole: 880, first: 430, later: 400, amid: 400, inside: 210 };

  function grade(form, { text, han }, steps) {
    if (form === text) return steps.whole;
    const at = place(form, text, han);
    const share = (25 * text.length) / form.length;
    // Inside a word, as security in cybersecurity: longer words only.
    if (at < 0) return text.length > 3 && form.includes(text) ? steps.inside + share : 0;
    const ends = han || !LETTER.test(form[at + text.length] || " ");
    return (!at ? steps.first : han ? steps.amid : steps.later) + (ends ? 20 : 0) + share;
  }

  function rank(entry, word) {
    if (entry.key === word.text) return 1000;
    let best = word.text.length > 1 && entry.key.startsWith(word.text) ? 850 : 0;
    for (const form of entry.forms) best = Math.max(best, grade(form, word, NAME));
    for (const form of entry.others) best = Math.max(best, grade(form, word, OTHER));
    for (const syllables of word.sounds.length ? entry.sounds : []) {
      const match = sound(syllables, word.sounds);
      if (!match) continue;
      const whole = match.full && match.text.length === syllables.join("").length;
      const share = match.sizes.length / syllables.length;
      best = Math.max(best, whole ? 890 : (match.full ? 540 : 500) + (match.at ? 0 : 20) + 19 * share);
    }
    return best;
  }

  // What of a text is searched and shown: under the lens, what the primary source says.
  const seen = (entry, text, lens) => (lens ? text.slice(0, entry.stated) : text);

  function score(entry, { value, whole, words }, lens) {
    if (entry.key && entry.key === value.toLowerCase()) return 1000;
    const best = rank(entry, whole);
    if (best >= 400) return best; // all of the query is a name; else each word must stand somewhere
    const flat = seen(entry, entry.flat, lens);
    let inNames = 0;
    let inText = 0;
    for (const word of words) {
      const there =
        (word === whole ? best : rank(entry, word)) ||
        (word.stem !== word.text && 0.9 * rank(entry, { text: word.stem, sounds: [] }));
      if (there) inNames += there;
      else if ((word.han || word.text.length > 1) && place(flat, word.stem, word.han) >= 0) inText++;
      else return best;
    }
    const share = inNames / words.length / 1000;
    if (!inText) return 300 + 90 * share;
    return Math.max(best, 100 + 50 * share + (place(flat, whole.text, whole.han) >= 0 ? 40 : 0));
  }

  // Marks the entries with their score and returns those found, the best first. `boost` weighs
  // less than a step; among equals the order of the index holds.
  function find(entries, query, lens = false) {
    for (const entry of entries) {
      const points = query.words.length && !(lens && entry.outside) ? score(entry, query, lens) : 0;
      entry.score = points && points + entry.boost;
    }
    return entries.filter((entry) => entry.score).sort((a, b) => b.score - a.score || a.at - b.at);
  }

  /* ---- when nothing is found: other queries for the same wish, the likeliest first ---- */

  const PLAIN = new Set(
    (
      "a about an and are by can do does for from has have how i in is it me of on or say says tell " +
      "that the this to was what when where which who why will with"
    ).split(" "),
  );
  let vocabulary = null; // word → how often it stands in names; a romanised one counts for little

  function otherwise(entries, { words }) {
    vocabulary ||= count(entries);
    const all = [...vocabulary.keys()];
    const names = all.filter((word) => HAN.test(word)).join("\n");
    const choices = words.flatMap(({ text, han }) =>
      han ? cut(text, names).map((piece) => [piece]) : [mend(text, all)],
    );
    const known = choices.flat().filter((word) => (vocabulary.has(word) && !PLAIN.has(word)) || HAN.test(word));
    known.sort(
      (a, b) => b.length * HAN.test(b) - a.length * HAN.test(a) || (vocabulary.get(a) || 0) - (vocabulary.get(b) || 0),
    );
    return [
      ...combine(choices).slice(0, 20),
      ...known.map((_, n) => known.slice(0, known.length - n).join(" ")),
    ].filter((other) => other && other !== words.map((word) => word.text).join(" "));
  }

  const combine = (choices) =>
    choices.reduce((made, next) => made.flatMap((before) => next.map((word) => `${before} ${word}`.trim())), [""]);

  function count(entries) {
    const words = new Map();
    const add = (texts, weight) => {
      for (const word of texts.join(" ").match(/[\p{L}\p{N}]+/gu) || [])
        words.set(word, (words.get(word) || 0) + weight);
    };
    for (const { forms, others, names } of entries) {
      add([...forms, ...others], 1);
      add(
        names.filter((name) => name[2]).map((name) => fold(name[1])),
        0.001,
      );
    }
    return words;
  }

  // A run of Chinese in pieces that names know, the longest first; what is left over is dropped.
  function cut(text, names) {
    const pieces = [];
    for (let at = 0, size; at < text.length; at += size) {
      for (size = text.length - at; size > 1 && !names.includes(text.slice(at, at + size));) size--;
      if (size > 1) pieces.push(text.slice(at, at + size));
    }
    return pieces.length ? pieces : [text];
  }

  function mend(word, all) {
    if (word.length < 4 || all.some((other) => other.startsWith(word))) return [word];
    for (const slips of word.length > 7 ? [1, 2] : [1]) {
      const close = all.filter((other) => Math.abs(other.length - word.length) <= slips && isNear(other, word, slips));
      if (close.length) return close.sort((a, b) => vocabulary.get(b) - vocabulary.get(a)).slice(0, 4);
    }
    return [word];
  }

  // Whether so many slips make one of the other: a letter more, less or other, or two that changed places.
  function isNear(a, b, slips) {
    let at = 0;
    while (at < a.length && a[at] === b[at]) at++;
    const [x, y] = [a.slice(at), b.slice(at)];
    if (!x && !y) return true;
    return (
      slips > 0 &&
      (isNear(x.slice(1), y.slice(1), slips - 1) ||
        isNear(x.slice(1), y, slips - 1) ||
        isNear(x, y.slice(1), slips - 1) ||
        (x.length > 1 && x[0] === y[1] && x[1] === y[0] && isNear(x.slice(2), y.slice(2), slips - 1)))
    );
  }

  /* ---- what to show of it ---- */

  // One flag a letter of `text`: whether the query found it.
  function touched(text, { whole, words }, syllables = "") {
    const flat = fold(text);
    const flags = new Uint8Array(text.length);
    for (const word of new Set([whole, ...words])) {
      let at = word.text ? place(flat, word.stem, word.han) : -1;
      if (at < 0 && word.text.length > 3) at = flat.indexOf(word.text);
      while (at >= 0) {
        let end = at + word.stem.length;
        if (flat.startsWith(word.text, at)) end = at + word.text.length;
        else while (word.stem !== word.text && end < flat.length && LETTER.test(flat[end])) end++;
        flags.fill(1, at, end);
        at = place(flat, word.stem, word.han, end);
      }
      const parts = syllables.split(" ");
      const match = syllables && sound(parts, word.sounds);
      if (match) {
        const letters = [...flat.matchAll(/[a-z0-9]/g)].map((letter) => letter.index);
        const length = (...range) => parts.slice(...range).join("").length;
        const last = match.at + match.sizes.length - 1;
        const end = length(0, last) + (match.full ? match.sizes.at(-1) : parts[last].length);
        flags.fill(1, letters[length(0, match.at)], letters[end - 1] + 1);
      }
    }
    return flags;
  }

  // Where in an entry's text the first of the query stands.
  function first({ flat }, { whole, words }) {
    return Math.max(0, [whole, ...words].map((word) => place(flat, word.stem, word.han)).find((at) => at >= 0) ?? 0);
  }

  window.__pxSearch("engine", { read, addText, parse, find, otherwise, touched, first, seen });
})();

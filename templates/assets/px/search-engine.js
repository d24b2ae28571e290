/* What matches a query, and how well. No DOM here; search.js loads this when search is opened.
   The index is scanned from end to end for each query: fast enough for tens of thousands of
   entries and, other than an index of words, it finds Chinese inside a sentence. */
(() => {
  "use strict";

  const BREAK = "\u200b"; // between the syllables of a word
  const HAN = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u; // no spaces between words
  const LETTER = /[\p{L}\p{N}]/u;
  const bare = new Map();
  const simple = new Map(); // traditional character → simplified, for those the index knows in either form
  let traditional = /(?!)/g;

  // Signs for vowels in Arabic and Hebrew, and the stroke that draws a word out: few write them.
  const SIGNS = /\u0640|[\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;
  const ALIKE = { ة: "ه", ى: "ي", ی: "ي", ک: "ك", "’": "'" };
  // What Arabic writes in front of a noun, as one word with it: and, by, like, for; the.
  const IN_FRONT = /^[وف]?[بكل]?(?:ال|ل)?$/;

  // Lower case without accents, letter for letter: but for SIGNS, a place in the folded text is the
  // same place in the text. Kana and Hangul stay as they are; dashes part words; of two English
  // spellings that are as long as each other (-ise, -ize; -tre, -ter) one stands for both.
  const fold = (text) =>
    text
      .replace(SIGNS, "")
      .replace(/[-_/]|[^\n-~\u2e80-\ud7ff]/g, (c) => {
        if (!bare.has(c)) {
          const base = c.normalize("NFKD").replace(/\p{M}/gu, "");
          if (/[-_/\p{Pd}]/u.test(c)) bare.set(c, " ");
          else if (/[٠-٩۰-۹]/.test(c)) bare.set(c, `${c.charCodeAt(0) & 15}`);
          else bare.set(c, ALIKE[c] || (base.length === 1 ? base : c));
        }
        return bare.get(c);
      })
      .toLowerCase()
      .replace(traditional, (c) => simple.get(c))
      .replace(/(?<=[a-z]{4})is(?=(?:ations?|e[drs]?|ing)\b)/g, "iz")
      .replace(/(?<=[a-z]{3})tre(?=s?\b)/g, "ter");

  /* ---- the index: columns as site/search_index.py writes them ---- */

  const NONE = [];

  function read(head, columns) {
    const pairs = head.han;
    for (let at = 0; at < pairs.length; at += 2) simple.set(pairs[at], pairs[at + 1]);
    if (simple.size) traditional = new RegExp(`[${[...simple.keys()].join("")}]`, "g");
    const { url, kind, title, code, names, aliases, words, boost, outside, sentences, dates } = columns;
    const [actors, pages] = [head.sorts.actor, head.sorts.page].map((some) => new Set(some));
    const plain = names.map((all) => (all || []).filter(([lang]) => !isRomanised(lang)).map(([, text]) => text));
    const flats = foldAll(title.flatMap((text, at) => [text, ...plain[at]]));
    let next = 0;
    return url.map((address, at) => {
      const own = (names[at] || []).map(([lang, text]) => [
        lang,
        text.replaceAll(BREAK, ""),
        isRomanised(lang) && text,
      ]);
      const forms = flats.slice(next, (next += 1 + plain[at].length));
      const others = (aliases[at] || NONE).concat(words[at] || NONE).map(fold);
      const dated = dates[at] ? dates[at].slice(1) : NONE;
      const days = dated.map(fold);
      return {
        at,
        url: address,
        kind: kind[at],
        title: title[at],
        code: code[at] || "",
        label: (code[at] || "").toLowerCase(),
        key: compact(code[at] || ""),
        names: own,
        aliases: aliases[at] || NONE,
        words: dated.concat(words[at] || NONE), // what else it is found under, as the editors want, and its dates
        isActor: actors.has(kind[at]),
        isPage: pages.has(kind[at]),
        boost: Math.max(-20, Math.min(20, 10 * Math.log2(boost[at] || 1))),
        forms,
        others,
        days,
        unstated: Boolean(dates[at] && dates[at][0]), // the primary source does not date it
        called: forms.concat(others, days).join("\n"),
        sounds: own.filter((name) => name[2]).map((name) => spelt(name[2])),
        outside: Boolean(outside[at]), // the primary source says nothing of it
        sentences: sentences[at] || 0, // how many a passage has
        ends: [], // the first and the last words of each
        text: "",
        flat: "",
        stated: 0, // so much of the text is what the primary source says
        score: 0,
      };
    });
  }

  const foldAll = (texts) => fold(texts.join("\n")).split("\n"); // much faster than one by one
  const isRomanised = (lang) => /-latn\b/i.test(lang);
  const compact = (code) => code.toLowerCase().replace(/[\s.¶§-]/g, "");

  // The syllables of a romanised name, and which of them begin a word.
  function spelt(name) {
    const all = [];
    for (const word of fold(name)
      .replace(/v/g, "u")
      .match(/[a-z0-9'\u200b]+/g) || [])
      word
        .split(/['\u200b]/)
        .filter(Boolean)
        .forEach((text, n) => all.push({ text, begins: !n }));
    return all;
  }

  function addText(entries, data) {
    const texts = data.replace(SIGNS, "").split("\n");
    const flats = foldAll(texts);
    entries.forEach((entry, n) => {
      const end = texts[n].indexOf("\t");
      entry.stated = end < 0 ? texts[n].length : end;
      entry.text = texts[n].replace("\t", " ");
      entry.flat = flats[n].replace("\t", " ");
    });
  }

  function addSentences(entries, data) {
    for (const [at, ends] of data) {
      entries[at].said = ends.map((each) => each.filter(Boolean).join(" … ").replace(SIGNS, ""));
      entries[at].ends = ends.map((each) => each.map(letters));
    }
  }

  /* ---- the query ---- */

  const STOP = new Set(
    (
      "a about all an and any are as at be been by can could did do does for from give had has have how i if in into " +
      "is it its me mean meaning means my of on or our please said say says show so tell than that the their them " +
      "there these they this those to us was we were what when where which who whom whose why will with would you your"
    ).split(" "),
  );

  const WHO = /^(who|whom|which ((?:actor|agenc|bod|depart|instit|minist|organiz)[a-z]*))\b/;
  const DATE = /^\d{4}-\d\d(-\d\d)?$/; // and no code

  function parse(value, entries) {
    const query = parseWords(value.normalize("NFC"));
    const isLong = query.words.length > 1 || query.words.some((word) => word.han && word.text.length > 3);
    return { ...query, named: isLong && namedIn(entries, query) };
  }

  function parseWords(value) {
    const typed = fold(value).trim().replace(/\s+/g, " ");
    const said = runs(typed);
    // Abbreviations are written in capitals. Words that count for nothing are not, nor initials of syllables.
    const names = new Set(
      runs(value)
        .filter((run) => /^[A-Z][A-Z\d]+$/.test(run))
        .map(fold),
    );
    const isPlain = (word) => STOP.has(word) && !names.has(word);
    const who = WHO.exec(typed);
    const isAsked = (word) => !isPlain(word) && word !== who?.[2];
    const kept = said.some(isAsked) ? said.filter(isAsked) : said;
    // What stands in a question between such words is looked for as a whole, as is what was typed.
    const core = said.slice(said.indexOf(kept[0]), said.lastIndexOf(kept.at(-1)) + 1).join(" ");
    const wholes = said.length === 1 ? said : typed.includes(" ") ? [typed, core] : [typed];
    const read = (words) => [...new Set(words)].map((word) => term(word, names.has(word)));
    const asked = value.trim();
    const key = DATE.test(asked) ? "" : compact(asked);
    return { value: asked, key, said, wholes: read(wholes), words: read(kept), who: Boolean(who) };
  }

  const runs = (text) =>
    (text.replace(new RegExp(HAN.source + "+", "gu"), " $& ").match(RUN) || []).map((run) =>
      run.replace(/[.'+]+$/, ""),
    );

  const RUN = /[\p{L}\p{N}][\p{L}\p{N}\p{M}.'+]*/gu;

  function term(text, isName = false) {
    // As typed pinyin: v is ü, and digits after letters are tones, or part of a name like ipv6.
    const plain = text.replace(/[\s']/g, "").replace(/v/g, "u");
    const toneless = plain.replace(/(?<=[a-z])[1-5](?!\d)/g, "");
    const sounds = /^[a-z0-9]{2,}$/.test(plain) ? [...new Set([plain, toneless])] : [];
    return { text, stem: stem(text), han: HAN.test(text), sounds, isName };
  }

  // Without its ending, or the article of Arabic; as words are found by their beginning, no more grammar is needed.
  function stem(word) {
    if (/^ال.{3}/.test(word)) return word.slice(2);
    if (word.length < 5 || /(ss|us|is)$/.test(word)) return word;
    const short = word.replace(/(ies|(?<=s|x|z|ch|sh)es|s|y)$|(?<=.{4})(ing|ed)$/, "");
    return short.length > 3 ? short : word;
  }

  /* ---- one word in one text ---- */

  // Where a word beginning with `text` stands; where words are not parted, any place. -1: nowhere.
  function place(hay, text, han, from = 0) {
    let at = hay.indexOf(text, from);
    while (at > 0 && !han && !begins(hay, text, at)) at = hay.indexOf(text, at + 1);
    return at;
  }

  function begins(hay, text, at) {
    let start = at;
    while (start && LETTER.test(hay[start - 1]) && !HAN.test(hay[start - 1]) && at - start < 5) start--;
    return start === at || (text.length > 2 && IN_FRONT.test(hay.slice(start, at)));
  }

  // The same for a word of a query, but for its ending; a short abbreviation is a word by itself.
  function spot(hay, { text, stem: short, han, isName }, from = 0) {
    let at = place(hay, short, han, from);
    if (isName && text.length < 5)
      while (at >= 0 && LETTER.test(hay[at + text.length] || " ")) at = place(hay, text, han, at + 1);
    return at;
  }

  // How syllables from `at` on begin as `text` is spelt: [3, 2] for shuju, [1, 1] for sj in shu ju.
  // Of a syllable stands all, or the initial; the last, still being typed, may break off anywhere.
  function spell(syllables, text, at) {
    const syllable = syllables[at]?.text;
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

  // Whole syllables from the start of a word on; initials from the start of the name.
  function sound(syllables, { sounds, isName }) {
    for (const text of sounds) {
      for (let at = 0; at < syllables.length; at++) {
        if (!syllables[at].begins || syllables[at].text[0] !== text[0]) continue;
        const sizes = spell(syllables, text, at);
        if (!sizes) continue;
        const full = sizes.slice(0, -1).every((size, n) => size === syllables[at + n].text.length);
        if (full ? sizes.length > 1 || sizes[0] > 1 : !isName && !at) return { at, sizes, full, text };
      }
    }
    return null;
  }

  /* ---- rank: steps for the kind of match, and up to 45 for how much of the name it is ---- */

  const NAME = { whole: 900, first: 800, later: 700, amid: 600, begun: 350, inside: 250 };
  const OTHER = { whole: 880, first: 430, later: 400, amid: 400, begun: 320, inside: 210 };

  function grade(form, { text, stem: short, han, isName }, steps) {
    if (form === text) return steps.whole;
    let best = 0;
    for (let at = place(form, short, han); at >= 0; at = place(form, short, han, at + 1)) {
      let end = at + short.length;
      if (!han) while (end < form.length && LETTER.test(form[end]) && !HAN.test(form[end])) end++;
      const found = form.slice(at, end);
      const same = han || found === text || stem(found) === short;
      if (same && found.length === form.length) return steps.whole - 5;
      const share = (25 * found.length) / form.length - (found === text ? 0 : 5);
      const isFirst = IN_FRONT.test(form.slice(0, at));
      if (same) best = Math.max(best, (isFirst ? steps.first : han ? steps.amid : steps.later) + 20 + share);
      else if (found.startsWith(text) && !(isName && text.length < 5))
        best = Math.max(best, steps.begun + (at ? 0 : 20) + share);
    }
    // Inside a word, as security in cybersecurity: longer words only.
    return (
      best || (text.length > 3 && !isName && form.includes(text) ? steps.inside + (25 * text.length) / form.length : 0)
    );
  }

  function rank(entry, word, lens) {
    let best = word.text.length > 1 && entry.label.startsWith(word.text) ? 850 : 0;
    if (entry.called.includes(word.stem)) {
      for (const form of entry.forms) best = Math.max(best, grade(form, word, entry.boost < 0 ? OTHER : NAME));
      for (const form of entry.others) best = Math.max(best, grade(form, word, OTHER));
      if (!(lens && entry.unstated)) for (const day of entry.days) best = Math.max(best, grade(day, word, OTHER));
    }
    for (const syllables of word.sounds.length ? entry.sounds : []) {
      const match = sound(syllables, word);
      if (!match) continue;
      const whole = match.full && match.text.length === syllables.map((each) => each.text).join("").length;
      const share = match.sizes.length / syllables.length;
      best = Math.max(best, whole ? 890 : (match.full ? 540 : 500) + (match.at ? 0 : 20) + 19 * share);
    }
    return best;
  }

  // What of a text is searched and shown: under the lens, what the primary source says.
  const seen = (entry, text, lens) => (lens ? text.slice(0, entry.stated) : text);

  function score(entry, { value, key, wholes, words }, lens) {
    if (entry.key && entry.key === key) return entry.label === value.toLowerCase() ? 1000 : 990;
    // A number alone is the number of a code with letters: 2025 of O2025.
    let best = key.length > 1 && entry.key.endsWith(key) && /^\p{L}+$/u.test(entry.key.slice(0, -key.length)) ? 885 : 0;
    for (const whole of wholes) best = Math.max(best, rank(entry, whole, lens));
    if (best >= 350) return best; // all of the query is a name; else each word must stand somewhere
    const flat = seen(entry, entry.flat, lens);
    let inNames = 0;
    let inText = 0;
    for (const word of words) {
      const there = rank(entry, word, lens);
      if (there) inNames += there;
      else if ((word.han || word.text.length > 1) && spot(flat, word) >= 0) inText++;
      else return best;
    }
    const share = inNames / words.length / 1000;
    if (!inText) return Math.max(best, 250 + 90 * share);
    const phrase = wholes.some((whole) => place(flat, whole.text, whole.han) >= 0);
    return Math.max(best, 100 + 50 * share + (phrase ? 40 : 0));
  }

  // Marks the entries with their score and returns those found, the best first. `boost` weighs
  // less than a step; among equals the order of the index holds.
  function find(entries, query, lens = false) {
    for (const entry of entries) {
      const whole = match(entry, query, lens);
      const points = Math.max(whole, named(entry, query, lens), answer(entry, query, lens));
      entry.score = points && points + entry.boost;
      entry.by = query;
      entry.isPart = !whole; // named in the query, which has other words, too
    }
    return entries.filter((entry) => entry.score).sort((a, b) => b.score - a.score || a.at - b.at);
  }

  const isLeftOut = (entry, lens) => lens && entry.outside;
  // Pages of the site stand behind names of the plan that begin with the query.
  const PAGE = NAME.first - 10;
  const match = (entry, query, lens) => {
    if (!query.words.length || isLeftOut(entry, lens)) return 0;
    const points = score(entry, query, lens);
    return entry.isPage ? Math.min(points, PAGE) : points;
  };
  // Who does something: the actors of which a sentence says it, or, if the verb is in no name, says the rest.
  const answer = (entry, { who, words }, lens) => {
    if (!who || !entry.isActor || isLeftOut(entry, lens)) return 0;
    const said = seen(entry, entry.flat, lens).split(/(?<=[.?!]) /);
    if (said.some((sentence) => words.every((word) => spot(sentence, word) >= 0))) return OTHER.whole - 1;
    const what = words.slice(1).map((word) => word.text);
    return what.length > 1 &&
      !vocabulary.has(words[0].text) &&
      said.some((sentence) => place(sentence, what.join(" ")) >= 0)
      ? OTHER.begun + 25
      : 0;
  };
  const named = (entry, query, lens) =>
    (query.named && !entry.isPage && !isLeftOut(entry, lens) && query.named.get(entry)) || 0;

  const count = (entries, query) =>
    sentences(entries, query).length + entries.filter((entry) => match(entry, query) || named(entry, query)).length;

  /* ---- what is close to a query ---- */

  let vocabulary = null; // word → how often it stands in names
  let called = null; // the stems of a name → the entries that are called so

  function learn(entries) {
    if (vocabulary) return;
    vocabulary = new Map();
    called = new Map();
    const stems = new Map();
    const add = (word) => {
      if (!stems.has(word)) stems.set(word, stem(word));
      vocabulary.set(word, (vocabulary.get(word) || 0) + 1);
      return stems.get(word);
    };
    for (const entry of entries)
      for (const form of [...entry.forms, ...entry.others]) {
        const name = (form.match(/[\p{L}\p{N}]+/gu) || []).map(add).join(" ");
        const others = called.get(name);
        if (others) others.push(entry);
        else called.set(name, [entry]);
      }
  }

  // Two words as one, and one as two that stand side by side: data base, datacentre.
  function joinedOrSplit({ words }) {
    const texts = words.map((word) => word.text);
    const others = [];
    for (const [n, word] of words.entries()) {
      if (word.han) continue;
      const change = (count, by) => {
        const changed = [...texts.slice(0, n), by, ...texts.slice(n + count)];
        others.push({ ...parseWords(changed.join(" ")), words: changed.map((text) => term(text)) });
      };
      if (n + 1 < words.length && !words[n + 1].han) change(2, texts[n] + texts[n + 1]);
      if (vocabulary.has(word.text) || vocabulary.has(word.stem)) continue;
      for (let at = 1; at < word.text.length - 1; at++) {
        const [head, tail] = [word.text.slice(0, at), word.text.slice(at)];
        if (vocabulary.has(head) && (vocabulary.has(tail) || (tail.length > 3 && vocabulary.has(stem(tail)))))
          change(1, `${head} ${tail}`);
      }
    }
    return others;
  }

  // The rarer a word is in names, the more it says; of one that no name has, nothing is known.
  function weigh({ text, stem: short, han }) {
    const number = vocabulary.get(text) || vocabulary.get(short) || 0;
    return han ? text.length : number ? Math.log(1 + called.size / number) : 2;
  }

  // Entries whose whole name is part of a longer query, as in a question, and how much of it that is.
  function namedIn(entries, { words, said }) {
    learn(entries);
    const found = new Map();
    const weights = new Map(words.map((word) => [word.text, weigh(word)]));
    const sum = (some) => some.reduce((all, word) => all + (weights.get(word) || 0), 0);
    const total = sum(said);
    const add = (name, size) => {
      if (size < 0.4 * total || size > 0.99 * total) return;
      for (const entry of called.get(name) || [])
        found.set(entry, Math.max(found.get(entry) || 0, 200 + (140 * size) / total));
    };
    for (let from = 0; from < said.length; from++) {
      for (let to = from + 1; to <= said.length; to++) {
        const some = said.slice(from, to);
        add(some.map(stem).join(" "), sum(some));
      }
      if (HAN.test(said[from]))
        for (let at = 0; at < said[from].length; at++)
          for (let end = at + 2; end <= said[from].length; end++) add(said[from].slice(at, end), end - at);
    }
    return found;
  }

  // Queries with words joined or split, or with a slip of the finger mended, the likeliest first.
  function similar(entries, query) {
    learn(entries);
    const { words } = query;
    const all = [...vocabulary.keys()];
    const choices = words.map(({ text, han }) => (han ? [text] : mend(text, all)));
    const mended = combine(choices)
      .slice(0, 20)
      .filter((other) => other !== words.map((word) => word.text).join(" "));
    return [...joinedOrSplit(query), ...mended.map(parseWords)];
  }

  // Queries with fewer words, which names know; the commonest are left out first.
  function fewer(entries, { words, said }) {
    learn(entries);
    const all = [...vocabulary.keys()];
    const names = all.filter((word) => HAN.test(word)).join("\n");
    const known = words
      .flatMap(({ text, han }) => (han ? cut(text, names) : [mend(text, all)[0]]))
      .filter((word) => (word.length > 1 && vocabulary.has(word)) || HAN.test(word));
    const rarest = [...known].sort(
      (a, b) => b.length * HAN.test(b) - a.length * HAN.test(a) || (vocabulary.get(a) || 0) - (vocabulary.get(b) || 0),
    );
    return rarest
      .map((_, n) => known.filter((word) => rarest.slice(0, known.length - n).includes(word)).join(" "))
      .filter((other) => other !== said.join(" "))
      .map(parseWords);
  }

  const combine = (choices) =>
    choices.reduce((made, next) => made.flatMap((before) => next.map((word) => `${before} ${word}`.trim())), [""]);

  // A run of Chinese in pieces that names know, the longest first; what is left over is dropped.
  function cut(text, names) {
    const pieces = [];
    for (let at = 0, size; at < text.length; at += size) {
      for (size = text.length - at; size > 1 && !names.includes(text.slice(at, at + size));) size--;
      if (size > 1) pieces.push(text.slice(at, at + size));
    }
    return pieces.length ? pieces : [text];
  }

  // The first letter is rarely wrong, and tells other names apart; of a short word one slip makes many others.
  function mend(word, all) {
    if (word.length < 5 || all.some((other) => other.startsWith(word))) return [word];
    for (const slips of word.length > 7 ? [1, 2] : [1]) {
      const close = all.filter(
        (other) => other[0] === word[0] && Math.abs(other.length - word.length) <= slips && isNear(other, word, slips),
      );
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

  /* ---- places of a source ---- */

  const letters = (text) => fold(text).replace(/[^\p{L}\p{N}]/gu, "");

  // Sentences that a query names, as ¶8 s2, or quotes.
  function sentences(entries, { value, said }, lens) {
    const passages = entries.filter((entry) => entry.sentences && !(lens && entry.outside));
    const isLong = HAN.test(value) ? letters(value).length > 6 : said.length > 3;
    return [...numbered(passages, value), ...(isLong ? quoted(passages, letters(value)) : [])];
  }

  function numbered(passages, value) {
    const [, place, between, number] =
      /^(.*?\d\p{L}?)(\P{N}+)(\d+)(?:\s*[-–]\s*\d+)?$/u.exec(value.toLowerCase()) || [];
    if (!number) return [];
    const key = compact(place);
    const word = letters(between);
    return passages
      .filter(({ sentences: [count, short, long], ...passage }) => {
        // ¶8, 8 and any beginning of paragraph 8
        const isNamed = passage.aliases.some((alias) => {
          const [noun] = compact(alias).split(passage.key);
          return key.endsWith(passage.key) && noun.startsWith(key.slice(0, -passage.key.length));
        });
        const parted = word ? [short, long, "s", "sentence"].includes(word) : /^\D/.test(place);
        return parted && (key === passage.key || isNamed) && +number >= 1 && +number <= count;
      })
      .map((passage) => sentence(passage, +number));
  }

  // What is kept of a sentence may be its first and its last words only.
  function quoted(passages, asked) {
    const found = [];
    for (const passage of passages)
      passage.ends.forEach(([start, end], n) => {
        const starts = start.length > 6 && (asked.includes(start) || start.includes(asked));
        const stops = end.length > 3 && asked.length >= 2 * end.length && asked.endsWith(end);
        if (starts || stops) found.push([2 * starts + (end && asked.includes(end)), sentence(passage, n + 1)]);
      });
    const best = Math.max(...found.map(([points]) => points));
    return found.filter(([points]) => points > 1 || points === best).map(([, hit]) => hit);
  }

  function sentence(passage, number) {
    passage.hits ||= new Map();
    if (!passage.hits.has(number)) {
      const [, short, , close] = passage.sentences;
      const text = passage.said?.[number - 1] || "";
      passage.hits.set(number, {
        ...passage,
        isPart: false,
        url: `${passage.url}-s${number}`,
        code: `${passage.code} ${short}${number}${close}`,
        by: parseWords(""),
        text,
        flat: fold(text),
        stated: text.length,
      });
    }
    return passage.hits.get(number);
  }

  /* ---- what to show of it ---- */

  // One flag a letter of `text`: whether the query found it.
  function touched(text, { wholes, words }, syllables = "") {
    const flat = fold(text);
    const flags = new Uint8Array(flat.length);
    for (const word of new Set([...wholes, ...words])) {
      let at = word.text ? spot(flat, word) : -1;
      if (at < 0 && word.text.length > 3) at = flat.indexOf(word.text);
      while (at >= 0) {
        let end = at + word.stem.length;
        if (flat.startsWith(word.text, at)) end = at + word.text.length;
        else while (word.stem !== word.text && end < flat.length && LETTER.test(flat[end])) end++;
        const article = word.text.indexOf(word.stem);
        flags.fill(1, article > 0 && flat.startsWith(word.text, at - article) ? at - article : at, end);
        at = spot(flat, word, end);
      }
      const parts = syllables ? spelt(syllables) : [];
      const match = sound(parts, word);
      if (match) {
        const spots = [...flat.matchAll(/[a-z0-9]/g)].map((letter) => letter.index);
        const length = (...range) => parts.slice(...range).reduce((sum, part) => sum + part.text.length, 0);
        const last = match.at + match.sizes.length - 1;
        const end = length(0, last) + (match.full ? match.sizes.at(-1) : parts[last].text.length);
        flags.fill(1, spots[length(0, match.at)], spots[end - 1] + 1);
      }
    }
    let at = 0; // a sign has the flag of the letter that it is on
    return text.split("").map((c) => flags[c.search(SIGNS) < 0 ? at++ : at - 1]);
  }

  // Where in an entry's text the first of the query stands.
  function first({ flat, by: { wholes, words } }) {
    return Math.max(0, [...wholes, ...words].map((word) => spot(flat, word)).find((at) => at >= 0) ?? 0);
  }

  window.__pxSearch("engine", {
    ...{ read, learn, addText, addSentences, parse, find, count, sentences, similar, fewer, touched, first, seen },
  });
})();

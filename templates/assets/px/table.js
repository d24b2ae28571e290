/* The long table: find, narrow, sort, count, save as CSV what is shown; form-state.js keeps what is chosen. */
(() => {
  "use strict";

  const NOTHING = "\uffff"; // what a cell that says nothing is sorted by
  const html = document.documentElement;
  const all = (selector, within) => [...within.querySelectorAll(selector)];
  // Letters without accents and words without what stands around them, so that what is pasted is found:
  // “Q&A” is Q and A. The signs of places and numbers stay.
  const normalise = (text) =>
    text
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase()
      .replace(/(?![¶§%+.])[\p{P}\p{S}]/gu, " ");
  const wordsOf = (text) =>
    normalise(text)
      .split(/\s+/)
      .map((word) => word.replace(/^\.+|\.+$/g, ""))
      .filter(Boolean);

  // What an element says: under the lens, without what that leaves out.
  function said(element) {
    const copy = element.cloneNode(true);
    for (const each of all(html.dataset.lens ? ".px-off,.px-off-box,.px-n-all" : ".px-n-lens", copy)) each.remove();
    return copy.textContent.trim();
  }

  for (const box of all("[data-px-filter]", document)) {
    const form = box.querySelector("form");
    const table = box.querySelector("table");
    if (form && table) start(box, form, table, box.querySelector(".px-empty"));
  }

  function start(box, form, table, empty) {
    const state = window.pxFormState(form);
    const status = form.querySelector("[role=status]");
    const selects = all("select:not([name=from],[name=to])", form);
    const years = all("[name=from],[name=to]", form);
    const holes = all("[name=hole]", form);
    const heads = all("thead th", table);
    const groups = all("tbody", table);
    const rows = all("tbody tr:not(.px-g)", table).map((element, at) => ({
      element,
      at,
      home: element.parentNode,
    }));
    const jumps = all(".px-chips a", box);
    let flat = null; // all rows in one group, while they are sorted
    let order = ""; // number of the column, with a "d" if it is descending

    /* ---- find and narrow ---- */

    const shown = () => rows.filter(({ element }) => !html.dataset.lens || !element.classList.contains("px-off"));

    // What the row can be found by under *name*.
    const values = ({ element }, name) =>
      (html.dataset.lens && element.getAttribute(`data-${name}-lens`)) || element.getAttribute(`data-${name}`);
    const has = (row, name, value) => ` ${values(row, name)} `.includes(` ${value} `);

    // Whether one of the spans of a row, such as 2021-2025, meets the years that were chosen.
    function isDated(row) {
      const [from, to] = [form.from?.value, form.to?.value];
      if (!from && !to) return true;
      return values(row, "years")
        .split(" ")
        .map((span) => span.split("-"))
        .some(([first, last]) => last && (!from || last >= from) && (!to || first <= to));
    }

    function matches(row, words) {
      return (
        words.every((word) => row.text.includes(word)) &&
        selects.every((select) => !select.value || has(row, select.name, select.value)) &&
        holes.every((hole) => !hole.checked || has(row, "hole", hole.value)) &&
        isDated(row)
      );
    }

    // The lens has been turned on or off: what rows say, and by what they can be found.
    function follow() {
      for (const row of rows) row.text = normalise(said(row.element));
      for (const select of selects) state.offer(select, (value) => shown().some((row) => has(row, select.name, value)));
      const ends = new Set(shown().flatMap((row) => values(row, "years")?.split(/[ -]/) ?? []));
      for (const year of years) state.offer(year, (value) => ends.has(value));
      for (const hole of holes) {
        const number = shown().filter((row) => has(row, "hole", hole.value)).length;
        hole.parentElement.querySelector("[data-px-number]").textContent = number;
        state.offer(hole, () => number);
      }
      if (holes.length) holes[0].closest("fieldset").hidden = holes.every((hole) => hole.parentElement.hidden);
    }

    function apply() {
      const words = wordsOf(form.q.value);
      for (const row of rows) row.element.hidden = !matches(row, words);
      for (const group of groups) {
        group.hidden = Boolean(flat) || !group.querySelector("tr:not(.px-g):not([hidden])");
      }
      for (const jump of jumps) {
        jump.parentElement.hidden = document.getElementById(jump.hash.slice(1)).closest("tbody").hidden;
      }
      const count = shown().filter((row) => !row.element.hidden).length;
      empty.hidden = count > 0 || !shown().length; // the lens may leave nothing to be found
      table.hidden = !count;
      file.disabled = !count;
      file.textContent = count ? saves : file.dataset.pxNone;
      status.textContent = status.dataset.pxCount.replace("{0}", count).replace("{1}", shown().length);
    }

    /* ---- the state in the address ---- */

    const save = () => state.save({ sort: order });

    function restore() {
      sort(state.restore().get("sort") || "");
    }

    state.keepOnSteps(jumps);

    /* ---- save what is shown ---- */

    const file = box.querySelector("[data-px-save]");
    const saves = file.textContent;
    const [columns, ...cells] = JSON.parse(box.querySelector("[data-px-sheet]").textContent);

    function lines() {
      const base = document.querySelector("link[rel=canonical]")?.href || location.href;
      const numbers = new Map(rows.map(({ element, at }) => [element, at]));
      const left = new Set(shown().map(({ element }) => element));
      const found = all("tbody tr:not(.px-g):not([hidden])", table)
        .filter((row) => left.has(row))
        .map((row) => {
          const link = row.querySelector("[data-px-own] a");
          return [
            ...cells[numbers.get(row)].map((cell) => (Array.isArray(cell) ? cell[html.dataset.lens ? 1 : 0] : cell)),
            link ? new URL(link.getAttribute("href"), base).href : "",
          ];
        });
      return [columns, ...found];
    }

    file.addEventListener("click", () => window.pxSave.table(file.dataset.pxSave, lines()));
    file.hidden = false;

    /* ---- sort ---- */

    function keyOf({ element }, column, kind) {
      const cell = element.cells[column];
      if (kind === "years") return values({ element }, kind).replace("none", NOTHING);
      const text = said(cell);
      if (!text || cell.classList.contains("px-no")) return NOTHING;
      return kind === "place" ? text.replace(/\d+/g, (digits) => `0000${digits}`.slice(-5)) : text;
    }

    function unsort() {
      if (!flat) return;
      for (const row of rows) row.home.append(row.element);
      flat.remove();
      flat = null;
    }

    function sort(by) {
      const column = parseInt(by, 10) - 1;
      const head = heads[column];
      const kind = head && head.dataset.pxSort;
      order = kind ? by : "";
      for (const each of heads) each.removeAttribute("aria-sort");
      if (!kind) {
        unsort();
        return;
      }
      const descending = by.endsWith("d");
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      if (!flat) {
        flat = document.createElement("tbody");
        table.append(flat);
      }
      const keys = new Map(rows.map((row) => [row, keyOf(row, column, kind)]));
      const compare = (a, b) => {
        const [x, y] = [keys.get(a), keys.get(b)];
        if ((x === NOTHING) !== (y === NOTHING)) return x === NOTHING ? 1 : -1; // last, in either direction
        const ascending = x.localeCompare(y, document.documentElement.lang, { numeric: true }) || a.at - b.at;
        return descending ? -ascending : ascending;
      };
      for (const row of [...rows].sort(compare)) flat.append(row.element);
    }

    heads.forEach((head, at) => {
      if (!head.dataset.pxSort) return;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const column = String(at + 1);
        const next = { ascending: `${column}d`, descending: "" };
        sort(next[head.getAttribute("aria-sort")] ?? column);
        apply();
        save();
      });
    });

    /* ---- the form ---- */

    form.addEventListener("input", () => {
      apply();
      save();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => {
      // The fields are empty only after this event.
      setTimeout(() => {
        sort("");
        apply();
        save();
      });
    });
    empty.querySelector("button").addEventListener("click", () => {
      form.reset();
      form.q.focus();
    });
    addEventListener("hashchange", () => {
      if (location.hash && !state.isKept()) return;
      restore();
      apply();
    });
    follow();
    restore();
    if (state.isKept()) save(); // without what is not offered
    form.hidden = false;
    apply();
    new MutationObserver(() => {
      follow();
      sort(order);
      apply();
      if (state.isKept()) save();
    }).observe(html, { attributeFilter: ["data-lens"] });
  }
})();

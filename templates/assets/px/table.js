/* The long table: find, narrow, sort, count; the state stands in the address after "#?". */
(() => {
  "use strict";

  const NOTHING = "\uffff"; // what a cell that says nothing is sorted by
  const html = document.documentElement;
  const all = (selector, within) => [...within.querySelectorAll(selector)];
  const normalise = (text) =>
    text
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase();

  // What an element says: under the lens, without what that leaves out.
  function said(element) {
    const copy = element.cloneNode(true);
    for (const each of all(html.dataset.lens ? ".px-off,.px-off-box,.px-n-all" : ".px-n-lens", copy)) each.remove();
    return copy.textContent.trim();
  }

  for (const box of all("[data-px-filter]", document)) {
    const form = box.querySelector("form");
    const table = box.querySelector("table");
    if (form && table) start(form, table, box.querySelector(".px-empty"));
  }

  function start(form, table, empty) {
    const status = form.querySelector("[role=status]");
    const selects = all("select", form);
    const fields = [form.q, ...selects];
    const heads = all("thead th", table);
    const groups = all("tbody", table);
    const rows = all("tbody tr:not(.px-g)", table).map((element, at) => ({
      element,
      at,
      home: element.parentNode,
    }));
    const options = selects.map((select) => [...select.options]);
    let flat = null; // all rows in one group, while they are sorted
    let order = ""; // number of the column, with a "d" if it is descending

    /* ---- find and narrow ---- */

    const shown = () => rows.filter(({ element }) => !html.dataset.lens || !element.classList.contains("px-off"));

    function has({ element }, name, value) {
      const ids =
        (html.dataset.lens && element.getAttribute(`data-${name}-lens`)) || element.getAttribute(`data-${name}`);
      return ` ${ids} `.includes(` ${value} `);
    }

    function matches(row, words) {
      return (
        words.every((word) => row.text.includes(word)) &&
        selects.every((select) => !select.value || has(row, select.name, select.value))
      );
    }

    // The lens has been turned on or off: what rows say, and by what they can be found.
    function follow() {
      for (const row of rows) row.text = normalise(said(row.element));
      selects.forEach((select, at) => {
        const { value } = select;
        const left = options[at].filter(
          (each) => !each.value || shown().some((row) => has(row, select.name, each.value)),
        );
        select.replaceChildren(...left);
        select.value = left.some((each) => each.value === value) ? value : "";
      });
    }

    function apply() {
      const words = normalise(form.q.value).split(/\s+/).filter(Boolean);
      for (const row of rows) row.element.hidden = !matches(row, words);
      for (const group of groups) {
        group.hidden = Boolean(flat) || !group.querySelector("tr:not(.px-g):not([hidden])");
      }
      const count = shown().filter((row) => !row.element.hidden).length;
      empty.hidden = count > 0;
      table.hidden = !count;
      status.textContent = status.dataset.pxCount.replace("{0}", count).replace("{1}", shown().length);
    }

    /* ---- the state in the address ---- */

    function save() {
      const state = new URLSearchParams();
      for (const field of fields) if (field.value) state.set(field.name, field.value);
      if (order) state.set("sort", order);
      const text = state.toString();
      try {
        history.replaceState(null, "", text ? `#?${text}` : location.pathname + location.search);
      } catch {
        /* some browsers bar it in a folder */
      }
    }

    function restore() {
      const state = new URLSearchParams(location.hash.startsWith("#?") ? location.hash.slice(2) : "");
      for (const field of fields) {
        field.value = state.get(field.name) || "";
        if (field.selectedIndex < 0) field.selectedIndex = 0; // a value that is no more
      }
      sort(state.get("sort") || "");
    }

    /* ---- sort ---- */

    function keyOf({ element }, column, kind) {
      const cell = element.cells[column];
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
      if (!location.hash.startsWith("#?")) return;
      restore();
      apply();
    });
    follow();
    restore();
    form.hidden = false;
    apply();
    new MutationObserver(() => {
      follow();
      sort(order);
      apply();
    }).observe(html, { attributeFilter: ["data-lens"] });
  }
})();

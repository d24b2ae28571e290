/* What is chosen in a form, kept in the address after "#?", so that it can be shared and outlives a reload.
   A browser lets a page in a folder change this part of its address only. */
window.pxFormState = (form) => {
  "use strict";

  const fields = [...form.elements].filter((field) => field.name);
  const names = [...new Set(fields.map((field) => field.name))];
  const called = (name) => fields.filter((field) => field.name === name);
  const isChoice = (some) => some[0].type === "checkbox";
  const within = (field) => field.closest("label");

  // What differs from an untouched form, and what else the page wants to keep.
  function save(more = {}) {
    const state = new URLSearchParams();
    for (const name of names) {
      const some = called(name);
      if (!isChoice(some)) {
        if (some[0].value) state.set(name, some[0].value);
      } else if (some.some((box) => box.checked !== box.defaultChecked)) {
        const checked = some.filter((box) => box.checked).map((box) => box.value);
        for (const value of checked.length ? checked : [""]) state.append(name, value);
      }
    }
    for (const [name, value] of Object.entries(more)) if (value) state.set(name, value);
    const text = state.toString();
    try {
      history.replaceState(null, "", text || location.search ? `#?${text}` : location.pathname);
    } catch {
      /* some browsers bar it in a folder */
    }
  }

  const isKept = () => location.hash.startsWith("#?");

  // Fill in what the address holds, and return it: links to a choice of rows hold it after "?".
  function restore() {
    const state = new URLSearchParams(isKept() ? location.hash.slice(2) : location.search);
    if (!isKept()) state.delete("q"); // that opens the search
    for (const field of fields) {
      if (isChoice([field])) {
        const isChosen = state.has(field.name) && !within(field).hidden;
        field.checked = isChosen ? state.getAll(field.name).includes(field.value) : field.defaultChecked;
      } else {
        field.value = state.get(field.name) || "";
        if (field.selectedIndex < 0) field.selectedIndex = 0; // a value that is no more
      }
    }
    return state;
  }

  // A step to a part of the page must not take what is chosen out of the address.
  function keepOnSteps(links) {
    for (const link of links) {
      link.addEventListener("click", (event) => {
        if (!isKept()) return;
        event.preventDefault();
        const head = document.getElementById(link.hash.slice(1));
        head.tabIndex = -1;
        head.focus();
      });
    }
  }

  /* ---- only what finds something is offered ---- */

  const choices = new Map(fields.filter((field) => field.options).map((field) => [field, [...field.options]]));

  function offer(field, finds) {
    if (!field.options) {
      const found = finds(field.value);
      within(field).hidden = !found;
      if (!found) field.checked = field.defaultChecked;
      return;
    }
    const { value } = field;
    const left = choices.get(field).filter((each) => !each.value || finds(each.value));
    field.replaceChildren(...left);
    field.value = left.some((each) => each.value === value) ? value : "";
    within(field).hidden = left.length < 2;
  }

  return { save, restore, isKept, keepOnSteps, offer };
};

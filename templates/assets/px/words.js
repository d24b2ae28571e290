/* What scripts say. A site in another language than English adds its catalogue at the end of this file. */
globalThis.pxWords = (() => {
  "use strict";

  let known = {};
  const put = (message, values) =>
    message.replace(/%(?:\((\w+)\)s|%)/g, (_, name) => (name ? (values[name] ?? "") : "%"));

  return {
    learn(catalogue) {
      known = catalogue;
    },
    gettext: (message, values = {}) => put(known[message] || message, values),
    // The message that fits the number n, by the plural categories of the language.
    ngettext(one, many, n, values = {}) {
      const forms = known[one];
      const category = new Intl.PluralRules(document.documentElement.lang || "en").select(n);
      return put(forms ? (forms[category] ?? forms.other) : n === 1 ? one : many, { n, ...values });
    },
  };
})();

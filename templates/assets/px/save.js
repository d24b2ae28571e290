/* Save as a file what the page shows; tables as CSV that a spreadsheet opens and runs nothing of. */
window.pxSave = {
  file(name, type, text) {
    "use strict";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  },

  table(name, rows) {
    "use strict";
    // The apostrophe keeps a spreadsheet from running the text as a formula; a minus before a number is none.
    const guarded = (text) => (/^[=+\-@\t\r]/.test(text) && !/^[-+][\d.,]+$/.test(text) ? `'${text}` : text);
    const quoted = (text) => `"${guarded(text).replaceAll('"', '""')}"`;
    // The mark at the beginning tells Excel that it is UTF-8.
    const text = `\ufeff${rows.map((row) => `${row.map(quoted).join(",")}\r\n`).join("")}`;
    window.pxSave.file(name, "text/csv", text);
  },
};

// Hand a file that the server made to the browser, which asks or knows where to keep it.

import { h, icon } from "./dom.js";

export function saveFile({ name, type, data }) {
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// A button for each kind of file; `named` says what is taken away as which kind.
export function takeButtons(ask, named) {
  return h("span", { class: "take" }, ["csv", "xlsx"].map((form) =>
    h("button", { class: "small", "aria-label": named(form.toUpperCase()), title: named(form.toUpperCase()), onclick: () => ask(form) }, icon("download"), form.toUpperCase())));
}

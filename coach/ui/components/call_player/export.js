// The menu that hands out the review as a file: made by the server when asked for, masked unless asked otherwise.

import { h, icon } from "../dom.js";

const KINDS = ["pdf", "html", "xlsx", "csv", "vtt", "srt", "vcon", "json", "audio"];
const NEED_SOUND = ["audio"];
const NEVER_FULL = ["audio"];

export class ExportMenu {
  constructor(screen) {
    this.screen = screen;
    this.button = h("button", { class: "export-open", "aria-haspopup": "true", "aria-expanded": "false", onclick: () => this.toggle() },
      icon("download"), screen.t("export.open"));
    this.status = h("p", { class: "export-status", role: "status" });
    this.full = h("input", { type: "checkbox", onchange: () => this.note() });
    this.notice = h("p", { class: "export-note" });
    this.panel = h("div", { class: "export-panel", role: "group", "aria-label": screen.t("export.menu"), hidden: true },
      h("ul", {}, this.kinds().map((kind) => h("li", {}, this.item(kind)))),
      h("label", { class: "export-full" }, this.full, screen.t("export.full")),
      this.notice, this.status);
    this.element = h("div", { class: "export", onkeydown: (event) => this.key(event), onfocusout: (event) => this.left(event) }, this.button, this.panel);
    this.note();
  }

  kinds() {
    return KINDS.filter((kind) => this.screen.data.sound !== null || !NEED_SOUND.includes(kind));
  }

  item(kind) {
    return h("button", { dataset: { kind }, onclick: () => this.make(kind) }, this.screen.t(`export.${kind}`));
  }

  toggle(open = this.panel.hidden) {
    this.panel.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.panel.querySelector("button").focus();
  }

  key(event) {
    if (event.key === "Escape" && !this.panel.hidden) {
      event.stopPropagation();
      this.toggle(false);
      this.button.focus();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const items = [...this.panel.querySelectorAll("li button")];
    const at = items.indexOf(this.element.getRootNode().activeElement);
    if (step && at >= 0) {
      event.preventDefault();
      event.stopPropagation();
      items[(at + step + items.length) % items.length].focus();
    }
  }

  left({ relatedTarget }) {
    if (relatedTarget && !this.element.contains(relatedTarget)) this.toggle(false);
  }

  note() {
    this.notice.textContent = this.screen.t(this.full.checked ? "export.full_note" : "export.masked");
    this.notice.classList.toggle("warned", this.full.checked);
  }

  async make(kind) {
    const name = this.screen.t(`export.${kind}`);
    this.say(this.screen.t("export.making", { name }));
    this.busy(true);
    try {
      const answer = await fetch(this.address(kind));
      if (!answer.ok) {
        const { text, detail } = await answer.json();
        this.say(text, detail);
        return;
      }
      save(await answer.blob(), nameIn(answer.headers.get("Content-Disposition")));
      this.say(this.screen.t("export.done", { name }));
    } catch {
      // The server is gone, or answered with what is no JSON: both look the same to the reader.
      this.say(this.screen.t("export.error.failed"));
    } finally {
      this.busy(false);
    }
  }

  address(kind) {
    const full = this.full.checked && !NEVER_FULL.includes(kind) ? "&full=1" : "";
    return new URL(`${this.screen.data.exports}/${kind}/${encodeURIComponent(this.screen.data.id)}?lang=${this.screen.data.lang}${full}`, document.baseURI);
  }

  say(text, detail = "") {
    this.status.replaceChildren(text, detail ? h("small", { lang: "en" }, detail) : "");
  }

  busy(on) {
    for (const item of this.panel.querySelectorAll("li button")) item.disabled = on;
  }
}

function nameIn(disposition) {
  return /filename="([\w.-]+)"/.exec(disposition ?? "")?.[1] ?? "call";
}

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

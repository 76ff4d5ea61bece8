// The inbox: the reviewed calls as the server sorts and filters them, a page at a time, gone through by keys.

import { fill, h, icon, mounted, sameData } from "../dom.js";
import { empty } from "./empty.js";
import { Filters } from "./filters.js";
import { row } from "./row.js";

const ORDERS = ["risk", "newest", "oldest", "worst"];
const PAUSE_MS = 450; // after the last key before a search is made

export default mounted((root) => new CallList(root));

class CallList {
  constructor(root) {
    this.root = root;
    this.scope = "text";
    this.keys = (event) => this.press(event);
    document.addEventListener("keydown", this.keys);
  }

  update({ data, setTriggerValue }) {
    this.trigger = setTriggerValue;
    if (this.data && sameData(this.data, data)) return;
    const first = !this.data;
    const told = this.data && sameData(this.data.texts, data.texts);
    this.data = data;
    if (!told || !this.frame) this.build();
    this.draw();
    if (first && data.at) this.return(data.at);
  }

  t(key, values = {}) {
    return fill(this.data.texts[key], values);
  }

  // What stays while somebody types; the rest is drawn anew with every answer.
  build() {
    const { filters } = this.data;
    this.scope = filters.title ? "title" : "text";
    this.search = h("input", { type: "search", placeholder: this.t("search"), "aria-label": this.t("search"), value: filters.text || filters.title || "",
      oninput: (event) => this.typed(event), oncompositionend: (event) => this.typed(event), onkeydown: (event) => this.entered(event) });
    this.where = h("select", { "aria-label": this.t("scope"), onchange: (event) => { this.scope = event.target.value; this.ask(); } },
      ["text", "title"].map((scope) => h("option", { value: scope, selected: scope === this.scope }, this.t(`scope.${scope}`))));
    this.order = h("select", { "aria-label": this.t("order"), onchange: () => this.ask() }, ORDERS.map((name) => h("option", { value: name }, this.t(`order.${name}`))));
    this.filters = new Filters(this);
    [this.notes, this.counts, this.table] = [h("div", { class: "notes" }), h("div", { class: "counts-place" }), h("div", {})];
    this.frame = h("div", { class: "page" },
      h("div", { class: "top" }, h("h1", {}, this.t("calls")), h("button", { class: "button primary", onclick: () => this.trigger("add", true) }, icon("plus"), this.t("new"))),
      this.notes, this.filters.views,
      h("div", { class: "tools" }, this.counts, h("span", { class: "space" }),
        h("div", { class: "search", role: "search" }, icon("search"), this.search, this.where), this.filters.button, this.order),
      this.filters.panel, this.filters.chips, this.table);
  }

  draw() {
    const { data } = this;
    const notes = [data.active ? this.active() : null, data.removed ? this.undo() : null, data.note ? h("p", { class: "undo", role: "status" }, data.note) : null].filter(Boolean);
    if (data.nothing) {
      this.root.replaceChildren(h("div", { class: "page" }, ...notes, empty(this)));
      this.frame = null;
      return;
    }
    if (this.frame.parentElement !== this.root) this.root.replaceChildren(this.frame);
    this.order.value = data.order;
    if (this.root.getRootNode().activeElement !== this.search) this.search.value = data.filters.text || data.filters.title || "";
    this.notes.replaceChildren(...notes);
    this.filters.draw();
    this.counts.replaceChildren(this.verdicts());
    this.table.replaceChildren(...this.list());
  }

  verdicts() {
    const { counts, total, filters } = this.data;
    const wanted = filters.verdicts ?? [];
    const button = (verdict, label, n) => h("button", {
      class: `count ${verdict ? `verdict-${verdict}` : ""}`, "aria-pressed": String(verdict ? wanted.includes(verdict) : !wanted.length),
      onclick: () => this.ask({ ...filters, verdicts: verdict ? [verdict] : [] }),
    }, h("strong", {}, n), label);
    const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
    const capped = Object.values(counts).some((n) => n >= this.data.most);
    return h("div", { class: "counts", role: "group", "aria-label": this.t("filter") },
      button(null, this.t("all"), wanted.length || Object.keys(counts).length ? this.number(all, capped) : this.number(total, total >= this.data.most)),
      Object.entries(counts).filter(([, n]) => n).map(([verdict, n]) => button(verdict, this.t(`verdict.${verdict}`), this.number(n, n >= this.data.most))));
  }

  number(n, capped) {
    const plain = new Intl.NumberFormat(this.data.lang === "zh" ? "zh-CN" : "en-GB").format(n);
    return capped ? `${plain}+` : plain;
  }

  list() {
    const { data } = this;
    if (!data.calls.length) return [h("div", { class: "card table" }, h("p", { class: "none", role: "status" }, this.t(data.filters.text ? "none_said" : "none_found")))];
    const heads = ["score", "title", "findings", "playbook", "length", "when"].map((name) => h("span", {}, this.t(`head.${name}`)));
    this.rows = h("ul", { class: "rows", "aria-label": this.t("calls") }, data.calls.map((call) => row(this, call)));
    return [h("div", { class: "card table" }, h("div", { class: "row heads", "aria-hidden": "true" }, heads, h("span")), this.rows), this.pages()];
  }

  pages() {
    const { page, total, most, calls } = this.data;
    const values = { from: page.from, to: page.from + calls.length - 1, all: this.number(total, total >= most) };
    return h("div", { class: "pages" },
      h("span", { class: "keys" }, ["j", "k"].map((key) => h("kbd", {}, key.toUpperCase())), this.t("key.move"), h("kbd", {}, "Enter"), this.t("key.open"), h("kbd", {}, "/"), this.t("key.search")),
      h("span", { class: "space" }), h("span", { role: "status" }, this.t("range", values)),
      page.from > 1 || page.next ? [
        h("button", { class: "button", disabled: page.from === 1, onclick: () => this.trigger("behind", true) }, this.t("behind")),
        h("button", { class: "button", disabled: !page.next, onclick: () => this.trigger("ahead", true) }, this.t("ahead"))] : null);
  }

  typed(event) {
    clearTimeout(this.pause);
    if (event.isComposing) return; // half a syllable of an input method is no search
    this.pause = setTimeout(() => this.ask(), PAUSE_MS);
  }

  entered(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    clearTimeout(this.pause);
    this.ask();
  }

  // Ask the server for other calls; without filters: those that are set, with what is in the search.
  ask(filters = this.data.filters, { order = this.order.value, view = "", typed = true } = {}) {
    clearTimeout(this.pause);
    const { text, title, ...rest } = filters;
    const words = typed ? { [this.scope]: this.search.value.trim() } : { text, title };
    if (!typed) this.search.value = text || title || "";
    this.trigger("ask", { filters: { ...rest, ...words }, order, view });
  }

  open(call, moment = null) {
    this.trigger("open", { id: call.id, at: moment });
  }

  // Back from a review: where one was.
  return(id) {
    const found = this.rows?.querySelector(`[data-call="${CSS.escape(id)}"] .open`);
    found?.focus({ preventScroll: true });
    found?.scrollIntoView({ block: "center" });
  }

  press(event) {
    const target = event.composedPath()[0];
    if (event.ctrlKey || event.metaKey || event.altKey || target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName)) return;
    const step = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (step) this.move(step);
    else if (event.key === "/" && this.search.isConnected) this.search.focus();
    else return;
    event.preventDefault();
  }

  move(by) {
    const all = [...(this.rows?.querySelectorAll(".open") ?? [])];
    const at = all.indexOf(this.root.getRootNode().activeElement);
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
    if (next >= all.length && this.data.page.next) this.trigger("ahead", true);
    else if (next < 0 && this.data.page.from > 1) this.trigger("behind", true);
    else all[next]?.focus();
  }

  active() {
    return h("p", { class: "active", role: "status" }, this.t("active", { n: this.data.active }),
      h("button", { class: "button", onclick: () => this.trigger("add", true) }, this.t("watch")));
  }

  undo() {
    return h("p", { class: "undo", role: "status" }, this.t("removed", { title: this.data.removed.title }),
      h("button", { class: "button", onclick: () => this.trigger("restore", this.data.removed.id) }, this.t("undo")));
  }

  stop() {
    clearTimeout(this.pause);
    document.removeEventListener("keydown", this.keys);
  }
}

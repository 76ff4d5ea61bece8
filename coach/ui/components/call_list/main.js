// The reviewed calls, most at risk first, with search and removal that can be undone.

import { clock, fill, h, icon, mounted, sameData } from "../dom.js";
import { localMoment, statedMoment } from "../dates.js";

const VERDICTS = ["fail", "needs_work", "pass", "not_assessed"];
const TONES = { pass: "merit", needs_work: "fault", fail: "critical", not_assessed: "plain" };

export default mounted((root) => new CallList(root));

class CallList {
  constructor(root) {
    this.root = root;
    this.query = "";
    this.verdict = null;
    this.order = "risk";
  }

  update({ data, setTriggerValue }) {
    this.trigger = setTriggerValue;
    if (this.data && sameData(this.data, data)) return;
    this.data = data;
    this.build();
  }

  t(key, values = {}) {
    return fill(this.data.texts[key], values);
  }

  build() {
    const { data } = this;
    const notes = [data.active ? this.active() : null, data.removed ? this.undo() : null];
    if (!data.calls.length) {
      this.root.replaceChildren(h("div", { class: "page" }, ...notes.filter(Boolean), this.empty()));
      return;
    }
    this.rows = h("ul", { class: "rows", "aria-label": this.t("calls") });
    this.none = h("p", { class: "none", role: "status", hidden: true });
    const search = h("input", { type: "search", placeholder: this.t("search"), "aria-label": this.t("search"), value: this.query, oninput: (event) => this.filter({ query: event.target.value }) });
    const order = h("select", { "aria-label": this.t("order"), onchange: (event) => this.filter({ order: event.target.value }) },
      ["risk", "newest", "score"].map((name) => h("option", { value: name, selected: name === this.order }, this.t(`order.${name}`))));
    this.root.replaceChildren(h("div", { class: "page" },
      h("div", { class: "top" }, h("h1", {}, this.t("calls")), h("button", { class: "button primary", onclick: () => this.trigger("add", true) }, icon("plus"), this.t("new"))),
      notes,
      h("div", { class: "tools" }, this.counts(), h("span", { class: "space" }), h("label", { class: "search" }, icon("search"), search), order),
      h("div", { class: "card table" }, h("div", { class: "row heads", "aria-hidden": "true" },
        ["score", "title", "findings", "playbook", "length", "when"].map((name) => h("span", {}, this.t(`head.${name}`))), h("span")), this.rows, this.none)));
    this.filter({});
  }

  counts() {
    const { calls } = this.data;
    const button = (verdict, label, n) => h("button", {
      class: `count ${verdict ? `tone-${TONES[verdict]}` : ""}`, "aria-pressed": String(this.verdict === verdict),
      onclick: () => { this.verdict = verdict; this.build(); },
    }, h("strong", {}, String(n)), label);
    return h("div", { class: "counts", role: "group", "aria-label": this.t("filter") },
      button(null, this.t("all"), calls.length),
      VERDICTS.map((verdict) => {
        const n = calls.filter((call) => call.verdict === verdict).length;
        return n ? button(verdict, this.t(`verdict.${verdict}`), n) : null;
      }));
  }

  filter(change) {
    Object.assign(this, change);
    const wanted = this.query.trim().toLocaleLowerCase();
    const found = this.data.calls
      .filter((call) => this.verdict === null || call.verdict === this.verdict)
      .filter((call) => call.title.toLocaleLowerCase().includes(wanted))
      .sort(ORDERS[this.order]);
    this.rows.replaceChildren(...found.map((call) => this.row(call)));
    this.none.hidden = found.length > 0;
    this.none.textContent = this.t("none_found");
  }

  row(call) {
    const tone = TONES[call.verdict];
    const score = call.score === null ? "—" : String(call.score);
    const when = call.startedAt ? statedMoment(call.startedAt, this.data.lang) : localMoment(call.addedAt, this.data.lang);
    return h("li", { class: "row" },
      h("span", { class: `score score-${tone}` }, score),
      h("button", { class: "open", onclick: () => this.trigger("open", call.id) }, h("span", { class: "title" }, call.title),
        h("span", { class: "added" }, this.t("added", { when: localMoment(call.addedAt, this.data.lang) }))),
      h("span", { class: "chips" }, h("span", { class: `chip tone-${tone}` }, this.t(`verdict.${call.verdict}`)),
        call.critical.map((id) => h("span", { class: "chip critical-mark" }, icon("warn"), this.t(`critical.${id}` in this.data.texts ? `critical.${id}` : "critical.other", { title: id })))),
      h("span", {}, this.playbook(call)),
      h("span", { class: "num" }, call.duration ? clock(call.duration) : this.t("written")),
      h("span", { class: "num" }, call.startedAt ? when : "—"),
      h("button", { class: "remove", "aria-label": this.t("remove", { title: call.title }), title: this.t("remove_short"), onclick: () => this.trigger("remove", call.id) }, icon("bin")));
  }

  playbook({ playbook, language }) {
    const name = `playbook.${playbook}` in this.data.texts ? this.t(`playbook.${playbook}`) : playbook;
    const spoken = ["zh", "en"].includes(language) ? this.t(`language.${language}`) : language;
    return `${name} · ${spoken}`;
  }

  active() {
    return h("p", { class: "active", role: "status" }, this.t("active", { n: this.data.active }),
      h("button", { class: "button", onclick: () => this.trigger("add", true) }, this.t("watch")));
  }

  undo() {
    return h("p", { class: "undo", role: "status" }, this.t("removed", { title: this.data.removed.title }),
      h("button", { class: "button", onclick: () => this.trigger("restore", this.data.removed.id) }, this.t("undo")));
  }

  empty() {
    const steps = ["one", "two", "three"].map((name, i) =>
      h("li", {}, h("span", { class: "step" }, String(i + 1)), h("div", {}, h("strong", {}, this.t(`empty.${name}`)), h("p", {}, this.t(`empty.${name}_more`)))));
    return h("section", { class: "card welcome" },
      h("span", { class: "badge" }, icon("wave")),
      h("h1", {}, this.t("empty.heading")), h("p", { class: "lead" }, this.t("empty.lead")),
      h("ol", {}, steps),
      h("button", { class: "button primary", onclick: () => this.trigger("add", true) }, icon("plus"), this.t("new")),
      h("p", { class: "private" }, this.t("empty.private")));
  }
}

const rank = (call) => [-call.critical.length, VERDICTS.indexOf(call.verdict), call.score ?? 101];
const newest = (a, b) => b.addedAt.localeCompare(a.addedAt);
const ORDERS = {
  risk: (a, b) => rank(a).map((value, i) => value - rank(b)[i]).find((difference) => difference !== 0) ?? newest(a, b),
  newest,
  score: (a, b) => (a.score ?? 101) - (b.score ?? 101) || newest(a, b),
};

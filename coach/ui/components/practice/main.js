// What can be practised: calls to find the faults of, hard lines to answer, and how it went.

import { clock, fill, h, icon, mounted, sameData } from "../dom.js";
import { localMoment } from "../dates.js";
import { tabs } from "../call_player/tabs.js";

export default mounted((root) => new Practice(root));

class Practice {
  constructor(root) {
    this.root = root;
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
    const panels = [
      { id: "session", name: this.t("part.session"), body: this.sessions() },
      { id: "drill", name: this.t("part.drill"), body: this.drills() },
      { id: "results", name: this.t(this.data.trainer ? "part.results" : "part.own_results"), body: this.results() },
    ];
    this.root.replaceChildren(h("div", { class: "page" }, h("h1", {}, this.t("heading")), tabs(panels, this.t("parts"))));
  }

  // ---- calls ----

  sessions() {
    const { samples, cleared, trainer } = this.data;
    return h("div", { class: "part" }, h("p", { class: "lead" }, this.t("session.lead")),
      trainer ? h("section", { "aria-label": this.t("session.cleared") }, h("h2", {}, this.t("session.cleared")),
        cleared.length ? this.cards(cleared, "call") : h("p", { class: "none" }, this.t("session.none_cleared"))) : null,
      h("section", { "aria-label": this.t("session.samples") }, h("h2", {}, this.t("session.samples")),
        samples.length ? this.cards(samples, "sample") : h("p", { class: "none" }, this.t("session.no_samples"))));
  }

  cards(found, kind) {
    return h("ul", { class: "cards" }, found.map((one) => h("li", { class: "item" },
      h("button", { class: "open", onclick: () => this.trigger("session", `${kind}:${one.id}`) }, one.title),
      h("p", { class: "meta" }, `${this.playbook(one.playbook)} · ${this.language(one.language)}${one.duration ? ` · ${clock(one.duration)}` : ""}`),
      this.best(one.best, "session.best"))));
  }

  best(score, key) {
    return score === null || score === undefined ? null : h("span", { class: `chip ${score >= 80 ? "tone-merit" : score >= 50 ? "tone-check" : "tone-fault"}` }, this.t(key, { score: Math.round(score) }));
  }

  playbook(name) {
    return `playbook.${name}` in this.data.texts ? this.t(`playbook.${name}`) : name;
  }

  language(code) {
    return ["zh", "en"].includes(code) ? this.t(`language.${code}`) : code;
  }

  // ---- hard lines ----

  drills() {
    return h("div", { class: "part" }, h("p", { class: "lead" }, this.t("drill.lead")),
      h("ul", { class: "lines" }, this.data.lines.map((line) => h("li", { class: "item" },
        h("span", { class: `chip kind-${line.kind}` }, this.t(`drill.kind.${line.kind}`)),
        h("div", { class: "words" }, h("button", { class: "open", onclick: () => this.trigger("line", line.id) }, line.line), h("p", { class: "meta" }, `${this.t("drill.trains")}${this.data.lang === "zh" ? "：" : ": "}${line.trains.join(this.data.lang === "zh" ? "、" : ", ")}`)),
        line.clip ? h("span", { class: "heard", title: this.t("drill.play") }, icon("wave")) : h("span"),
        this.best(line.best, "drill.best") ?? h("span")))));
  }

  // ---- results ----

  results() {
    const { people, weak, latest } = this.data.results;
    if (!latest.length) return h("p", { class: "none big" }, this.t("results.none"));
    const number = (value) => (value === null ? "—" : String(value));
    return h("div", { class: "part two" },
      h("section", { "aria-label": this.t("results.people") }, h("h2", {}, this.t("results.people")),
        this.table(["results.who", "results.n", "results.session", "results.drill", "results.last"],
          people.map((one) => [one.who, String(one.n), number(one.marking), number(one.drill), localMoment(one.last, this.data.lang)]))),
      h("section", { "aria-label": this.t("results.weak") }, h("h2", {}, this.t("results.weak")),
        weak.length ? h("ul", { class: "weak" }, weak.map(({ name, missed, all }) => h("li", {}, h("span", {}, name),
          h("span", { class: "bar", "aria-hidden": "true" }, h("span", { style: { width: `${(100 * missed) / all}%` } })), h("span", { class: "share" }, this.t("results.missed_of", { missed, all })))))
          : h("p", { class: "none" }, "—")),
      h("section", { class: "whole", "aria-label": this.t("results.latest") }, h("h2", {}, this.t("results.latest")),
        this.table(["results.who", "results.what", "results.score", "results.when"],
          latest.map((one) => [one.who, `${this.t(`kind.${one.kind}`)} · ${one.subject ?? this.t("gone")}`, number(one.score), localMoment(one.at, this.data.lang)]))));
  }

  table(heads, rows) {
    return h("table", {}, h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, this.t(head))))),
      h("tbody", {}, rows.map(([first, ...rest]) => h("tr", {}, h("th", { scope: "row" }, first), rest.map((cell) => h("td", {}, cell))))));
  }
}

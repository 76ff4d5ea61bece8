// The team: scores over the weeks, criteria by week, who needs help, the worst moments, promises kept.

import { clock, fill, h, icon, mounted, sameData } from "../dom.js";
import { money, shortDay, statedDay } from "../dates.js";
import { saveFile, takeButtons } from "../files.js";
import { heatTable, scoreLine, verdictBar } from "./charts.js";
import { ledger } from "./ledger.js";

const TILES = 11; // agents that are shown at first, those who need help before the others

export default mounted((root) => new Team(root));

class Team {
  constructor(root) {
    this.root = root;
  }

  update({ data, setTriggerValue }) {
    this.trigger = setTriggerValue;
    if (this.data && sameData(this.data, data)) return;
    this.data = data;
    this.build();
    if (data.file) saveFile(data.file);
  }

  t(key, values = {}) {
    return fill(this.data.texts[key], values);
  }

  build() {
    const { data } = this;
    const some = data.team.n > 0;
    const focused = this.root.getRootNode().activeElement?.dataset?.name;
    this.root.replaceChildren(h("div", { class: "page" }, this.head(),
      some ? [this.figures(), this.trends(), this.criteria(), this.worst()] : this.empty(),
      some || data.promises.length ? ledger(this) : null));
    if (focused) this.root.querySelector(`[data-name="${focused}"]`)?.focus();
  }

  head() {
    const { chosen, spans, books, names, solo } = this.data;
    const choice = (name, options, value) => h("select", { "aria-label": this.t(`by.${name}`), dataset: { name }, onchange: (event) => this.trigger("choose", { [name]: name === "weeks" ? Number(event.target.value) : event.target.value }) },
      options.map(([id, words]) => h("option", { value: String(id), selected: id === value }, words)));
    return h("div", { class: "top" }, h("h1", {}, this.t(solo ? "title_solo" : "title")),
      h("div", { class: "choices" },
        choice("weeks", spans.map((n) => [n, this.t("weeks", { n })]), chosen.weeks),
        books.length > 1 ? choice("playbook", books.map((id) => [id, this.data.texts[`playbook.${id}`] ?? id]), chosen.playbook) : null,
        solo ? null : choice("agent", [["", this.t("everybody")], ...names.map(({ id, name }) => [id, name])], chosen.agent)));
  }

  empty() {
    return h("section", { class: "card none" }, icon("wave"), h("h2", {}, this.t("empty")), h("p", {}, this.t("empty_more")));
  }

  figures() {
    const { team, criteria } = this.data;
    const promises = this.data.promises.filter(({ gone }) => !gone);
    const weeks = team.weeks.filter(({ mean }) => mean !== null);
    const [last, before] = [weeks.at(-1), weeks.at(-2)];
    const change = last && before ? Math.round((last.mean - before.mean) * 10) / 10 : null;
    const settled = promises.filter(({ kept }) => kept !== null);
    const kept = settled.filter(({ kept: good }) => good).length;
    const weakest = [...criteria].filter(({ all }) => all.n > 0).sort((a, b) => a.all.share - b.all.share)[0];
    const figure = (key, value, note) => h("div", { class: "figure card" }, h("dt", {}, this.t(key)), h("dd", {}, value, note ? h("span", { class: "note" }, note) : null));
    return h("dl", { class: "figures" },
      figure("figure.calls", String(team.n), null),
      figure("figure.mean", team.mean === null ? "—" : String(team.mean), change === null ? null : this.t(change > 0 ? "up" : change < 0 ? "down" : "same", { n: Math.abs(change) })),
      figure("figure.failed", `${Math.round((100 * team.failed) / team.n)}%`, this.t("calls_n", { n: team.failed })),
      figure("figure.weakest", weakest ? weakest.name : "—", weakest ? `${Math.round(100 * weakest.all.share)}%` : null),
      figure("figure.promises", settled.length ? `${Math.round((100 * kept) / settled.length)}%` : "—", this.t("settled_n", { n: settled.length, all: promises.length })));
  }

  section(key, what, ...children) {
    return h("section", { class: "card part", "aria-label": this.t(key) },
      h("header", {}, h("h2", {}, this.t(key)), h("p", { class: "note" }, this.t(`${key}_note`)), h("span", { class: "space" }), what ? this.export(what) : null), children);
  }

  export(...kinds) {
    return kinds.map((kind) => takeButtons((form) => this.trigger("export", { kind, form }), (form) => this.t("export_of", { name: this.t(`part.${kind}`), form })));
  }

  trends() {
    const { agents, team, solo, chosen } = this.data;
    const all = solo || chosen.agent ? [] : agents;
    const shown = this.allAgents ? all : all.slice(0, TILES);
    const more = all.length > shown.length
      ? h("button", { class: "small more", onclick: () => { this.allAgents = true; this.build(); } }, this.t("show_agents", { n: all.length })) : null;
    const tile = (row, name, whole) => h("figure", { class: `tile ${whole ? "whole" : ""}` },
      h("figcaption", {}, h("strong", {}, name), h("span", { class: "space" }), h("span", { class: "mean" }, row.mean === null ? "—" : String(row.mean)), h("span", { class: "note" }, this.t("calls_n", { n: row.n }))),
      scoreLine(this, row, name), verdictBar(this, row.verdicts));
    return this.section("trends", "trend",
      h("div", { class: "tiles" }, tile(team, chosen.agent && agents[0] ? agents[0].name : this.t(solo ? "mine" : "team"), true), shown.map((row) => tile(row, row.name, false))), more,
      h("div", { class: "foot" }, h("ul", { class: "legend" }, Object.keys(team.verdicts).filter((name) => team.verdicts[name]).map((name) => h("li", {}, h("span", { class: `swatch verdict-${name}`, "aria-hidden": "true" }), this.t(`verdict.${name}`)))),
        h("span", { class: "space" }), h("span", { class: "note" }, this.t("part.verdicts")), this.export("verdicts")));
  }

  criteria() {
    return this.section("criteria", "criteria", heatTable(this));
  }

  worst() {
    const { worst, titles, solo, lang } = this.data;
    return this.section("worst", "worst", worst.length
      ? h("ul", { class: "lines" }, worst.map((one) => h("li", {}, h("button", { class: "line", onclick: () => this.trigger("open", { call: one.call, start: one.start }) },
        h("span", { class: "chip tone-critical" }, icon("warn"), titles[one.criterion] ?? one.criterion),
        h("span", { class: "what" }, one.title),
        solo ? null : h("span", { class: "who" }, one.agent),
        h("span", { class: "when" }, one.when ? statedDay(one.when.slice(0, 10), lang) : "—"),
        h("span", { class: "at" }, icon("play", true), one.start === null ? this.t("open") : clock(one.start))))))
      : h("p", { class: "nothing" }, icon("check"), this.t("no_worst")));
  }

  day(date) {
    return date === null ? this.t("no_day") : shortDay(date, this.data.lang, String(new Date().getFullYear()));
  }

  sum(amount) {
    return amount === null ? this.t("no_sum") : money(amount, this.data.lang);
  }
}

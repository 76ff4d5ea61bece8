// What was marked beside the key.

import { clock, h, icon } from "../dom.js";

const KINDS = ["hit", "near", "missed", "false"];
const TONES = { hit: "merit", near: "check", missed: "critical", false: "fault" };
const ICONS = { hit: "check", near: "half", missed: "eye", false: "cross" };

export class ComparePanel {
  constructor(study) {
    this.study = study;
    const { data } = study;
    const { result } = data;
    this.element = h("div", { class: "feedback" },
      h("section", { class: "panel card" }, h("h2", {}, study.t("compare.heading")),
        h("div", { class: "score-line" }, h("strong", { class: "big" }, String(result.score)), h("span", { class: "points" }, study.t("compare.points")),
          h("ul", { class: "counts" }, KINDS.map((kind) => h("li", { class: `chip tone-${TONES[kind]}` }, icon(ICONS[kind]), study.t(`compare.${kind}`, { n: count(result.marks, kind) }))))),
        h("p", { class: "lead" }, study.t(result.key ? (result.human ? "compare.key_human" : "compare.key") : "compare.key_empty")),
        h("div", { class: "buttons" }, h("button", { class: "button", onclick: () => study.trigger("again", true) }, study.t("compare.again")),
          h("button", { class: "button primary", onclick: () => study.trigger("back", true) }, study.t("compare.done")))),
      result.labels.length ? this.table(result.labels) : null,
      result.marks.length ? h("section", { class: "panel card" }, h("h2", {}, study.t("compare.marks")), h("ul", { class: "mark-list" }, result.marks.map((mark) => this.line(mark)))) : null);
  }

  name(label) {
    return this.study.data.labels.find(({ id }) => id === label).name;
  }

  table(labels) {
    const { study } = this;
    return h("section", { class: "panel card" }, h("h2", {}, study.t("compare.by_label")), h("table", {},
      h("thead", {}, h("tr", {}, ["label", "found", "missed_head", "false_head"].map((head) => h("th", { scope: "col" }, study.t(`compare.${head}`))))),
      h("tbody", {}, labels.map(({ label, hits, missed, falsely }) =>
        h("tr", {}, h("th", { scope: "row" }, this.name(label)), h("td", {}, `${hits} / ${hits + missed}`), h("td", {}, String(missed)), h("td", {}, String(falsely)))))));
  }

  line({ turn, kind, label, key }) {
    const { study } = this;
    const { at, text } = study.data.turns[turn];
    const names = kind === "near" ? study.t("compare.near_names", { own: this.name(label), key: this.name(key) }) : this.name(label);
    return h("li", {}, h("button", { class: `piece piece-${TONES[kind]}`, onclick: () => study.open(turn, at) },
      h("span", { class: "at" }, icon("play", true), at ? clock(at[0]) : `#${turn + 1}`),
      h("span", { class: `chip tone-${TONES[kind]}` }, study.t(`compare.${kind}_one`)), h("strong", {}, names), h("span", { class: "quote" }, text)));
  }

  beside(_turn, i) {
    const { study } = this;
    const found = study.data.result.marks.filter((mark) => mark.turn === i);
    if (!found.length) return null;
    return { tone: TONES[found[0].kind], parts: found.map(({ kind, label }) =>
      h("span", { class: `chip tone-${TONES[kind]}` }, icon(ICONS[kind]), `${study.t(`compare.${kind}_one`)} · ${this.name(label)}`)) };
  }

  changed() {
    const { study } = this;
    study.player?.pin(study.data.result.marks.map(({ turn, kind, label }) =>
      ({ at: study.data.turns[turn].at, tone: TONES[kind], name: `${study.t(`compare.${kind}_one`)} ${this.name(label)}`, turn })));
  }
}

function count(marks, kind) {
  return marks.filter((mark) => mark.kind === kind).length;
}

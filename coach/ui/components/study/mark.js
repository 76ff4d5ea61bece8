// Mark the faults that one hears, turn by turn; nothing is given away before it is handed in.

import { clock, h, icon } from "../dom.js";

export class MarkPanel {
  constructor(study) {
    this.study = study;
    this.marks = study.draft({ marks: [] }).marks; // {turn, label}
    this.list = h("ul", { class: "mark-list" });
    this.send = h("button", { class: "button primary wide", onclick: () => this.submit() });
    this.live = h("p", { class: "visually-hidden", "aria-live": "polite" });
    const { data } = study;
    this.element = h("div", { class: "panel card" },
      h("h2", {}, study.t("mark.heading")), h("p", { class: "lead" }, study.t("mark.lead", { who: study.role(data.coached) })),
      h("ol", { class: "legend" }, data.labels.map(({ id, name, about, critical }, i) =>
        h("li", {}, h("kbd", {}, String(i + 1)), h("span", {}, h("strong", { class: critical ? "bad" : "" }, name), h("span", { class: "about" }, about))))),
      data.sound ? h("p", { class: "tip-line" }, study.t("mark.keys")) : null,
      h("h3", {}, study.t("mark.yours")), this.list, h("div", { class: "hand-in" }, this.send), this.live);
  }

  name(label) {
    return this.study.data.labels.find(({ id }) => id === label).name;
  }

  beside(turn, i) {
    if (turn.role !== this.study.data.coached) return null;
    const own = this.marks.filter((mark) => mark.turn === i);
    const buttons = this.study.data.labels.map(({ id, name, critical }) => h("button", {
      class: `fault ${critical ? "fault-critical" : ""}`, "aria-pressed": String(own.some(({ label }) => label === id)),
      "aria-label": `${name} ${turn.at ? clock(turn.at[0]) : `#${i + 1}`}`, onclick: () => this.toggle(i, id),
    }, name));
    return { parts: [h("div", { class: "faults" }, buttons)], tone: own.length ? "fault" : null };
  }

  toggle(turn, label) {
    const at = this.marks.findIndex((mark) => mark.turn === turn && mark.label === label);
    if (at >= 0) this.marks.splice(at, 1);
    else this.marks.push({ turn, label });
    const focus = `${label}`;
    this.study.turns.refresh(turn);
    const index = this.study.data.labels.findIndex(({ id }) => id === focus);
    this.study.turns.rows[turn].querySelectorAll(".fault")[index]?.focus({ preventScroll: true });
    this.live.textContent = `${this.name(label)} ${this.study.t(at >= 0 ? "mark.off" : "mark.on")}`;
    this.changed();
  }

  // 1 to 6: the turn that is heard now.
  key(key) {
    const label = this.study.data.labels[Number(key) - 1];
    const turn = this.study.turns.current;
    if (!label || turn < 0 || this.study.data.turns[turn].role !== this.study.data.coached) return null;
    return () => this.toggle(turn, label.id);
  }

  changed() {
    const { study, marks } = this;
    const sorted = [...marks].sort((a, b) => a.turn - b.turn);
    this.list.replaceChildren(...(sorted.length ? sorted.map((mark) => this.line(mark)) : [h("li", { class: "none" }, study.t("mark.none"))]));
    this.send.textContent = marks.length ? study.t("mark.submit", { n: marks.length }) : study.t("mark.submit_none");
    study.player?.pin(sorted.map(({ turn, label }) => ({ at: study.data.turns[turn].at, tone: "fault", name: this.name(label), turn })));
  }

  line({ turn, label }) {
    const { study } = this;
    const { at, text } = study.data.turns[turn];
    return h("li", {}, h("button", { class: "piece", onclick: () => study.open(turn, at) }, h("span", { class: "at" }, icon("play", true), at ? clock(at[0]) : `#${turn + 1}`),
      h("strong", {}, this.name(label)), h("span", { class: "quote" }, text)),
      h("button", { class: "remove", "aria-label": `${study.t("mark.remove")} ${this.name(label)}`, onclick: () => this.toggle(turn, label) }, icon("cross")));
  }

  submit() {
    this.send.disabled = true;
    this.study.trigger("submit", { marks: this.marks });
  }
}

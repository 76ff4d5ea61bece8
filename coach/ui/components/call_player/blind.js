// The blind second review: every criterion asked, nothing of the machine's or of colleagues' shown.

import { h, icon } from "../dom.js";
import { outcomeName } from "./rulings.js";

const OUTCOMES = ["met", "not_met", "not_applicable", "not_determinable"];

export class BlindForm {
  constructor(screen) {
    this.screen = screen;
    this.chosen = new Map();
    this.count = h("span", { class: "count", role: "status" });
    this.submit = h("button", { class: "button primary", disabled: true, onclick: () => this.send() }, screen.t("blind.submit"));
    this.note = h("textarea", { rows: 2, "aria-label": screen.t("blind.note"), placeholder: screen.t("blind.note"), maxlength: 2000 });
    const asked = screen.data.blind;
    this.total = asked.length;
    this.element = h("div", { class: "blind" },
      h("p", { class: "blind-head" }, icon("eye"), screen.t("blind.lead")),
      ["critical", "dont", "do"].map((group) => this.group(group, asked.filter((one) => one.group === group))),
      this.note,
      h("div", { class: "blind-foot" }, this.submit, this.count));
    this.tell();
  }

  group(group, criteria) {
    if (!criteria.length) return null;
    return h("section", { class: "group" }, h("h2", {}, this.screen.t(`group.${group}`)), criteria.map((criterion) => this.question(criterion)));
  }

  question(criterion) {
    const { screen } = this;
    return h("fieldset", { class: "question" }, h("legend", {}, criterion.name),
      h("div", { class: "choices" }, OUTCOMES.map((outcome) => h("label", { class: `choice choice-${outcome}` },
        h("input", { type: "radio", name: `blind-${criterion.id}`, value: outcome, onchange: () => this.choose(criterion.id, outcome) }),
        outcomeName(screen, criterion, outcome)))));
  }

  choose(id, outcome) {
    this.chosen.set(id, outcome);
    this.tell();
  }

  tell() {
    this.count.textContent = this.screen.t("blind.count", { n: this.chosen.size, all: this.total });
    this.submit.disabled = this.chosen.size < this.total;
  }

  send() {
    this.submit.disabled = true;
    this.screen.act({ do: "submit", outcomes: Object.fromEntries(this.chosen), note: this.note.value });
  }
}

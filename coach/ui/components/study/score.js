// Score yourself before anybody else's judgement is seen.

import { h } from "../dom.js";

const CHOICES = ["met", "not_met", "not_applicable", "not_determinable"];
const GROUPS = ["critical", "dont", "do", "manner"];

export class ScorePanel {
  constructor(study) {
    this.study = study;
    const { data } = study;
    this.draft = study.draft({ outcomes: {}, note: "" });
    this.left = h("p", { class: "left-over", role: "status" });
    this.send = h("button", { class: "button primary wide", onclick: () => this.submit() }, study.t("score.submit"));
    const note = h("textarea", { rows: 2, maxlength: 2000, "aria-label": study.t("score.note"), placeholder: study.t("score.note"), oninput: (event) => { this.draft.note = event.target.value; } }, this.draft.note);
    this.element = h("div", { class: "panel card" },
      h("h2", {}, study.t("score.heading")), h("p", { class: "lead" }, study.t("score.lead")),
      GROUPS.filter((group) => data.criteria.some((one) => one.group === group)).map((group) => this.group(group)),
      note,
      h("div", { class: "hand-in" }, this.left, this.send,
        h("button", { class: "quiet", onclick: () => study.trigger("skip", true) }, study.t("score.skip"))));
  }

  group(group) {
    const { study } = this;
    const found = study.data.criteria.filter((one) => one.group === group);
    return h("section", { class: "group", "aria-label": study.t(`group.${group}`) }, h("h3", {}, study.t(`group.${group}`)),
      found.map((one) => this.criterion(one)));
  }

  criterion(one) {
    const { study } = this;
    const name = `score-${one.id}`;
    const options = CHOICES.map((choice) => h("label", { class: `choice choice-${choice}` },
      h("input", { type: "radio", name, value: choice, checked: this.draft.outcomes[one.id] === choice, onchange: () => this.choose(one.id, choice) }),
      h("span", {}, study.t(wordOf(one, choice)))));
    return h("fieldset", { class: "criterion", dataset: { criterion: one.id } }, h("legend", {}, one.name), h("div", { class: "choices" }, options));
  }

  choose(id, choice) {
    this.draft.outcomes[id] = choice;
    this.changed();
  }

  changed() {
    const { study } = this;
    const open = study.data.criteria.length - Object.keys(this.draft.outcomes).length;
    const none = open === study.data.criteria.length;
    this.left.textContent = open ? study.t(none ? "score.none" : "score.left", { n: open }) : study.t("score.complete");
    this.send.disabled = none;
  }

  submit() {
    this.send.disabled = true;
    this.study.trigger("submit", { outcomes: this.draft.outcomes, note: this.draft.note });
  }
}

// What an outcome is called: a fault is not "met", it did not happen.
export function wordOf(criterion, outcome) {
  const fault = ["critical", "dont"].includes(criterion.group);
  return fault && ["met", "not_met"].includes(outcome) ? `outcome.fault.${outcome}` : `outcome.${outcome}`;
}

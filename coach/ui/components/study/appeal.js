// Say that a finding is wrong, and why.

import { clock, h } from "../dom.js";

const KINDS = ["wrong_hit", "wrong_speaker", "wrong_words", "missing_evidence"];

export class AppealForm {
  constructor(study, one) {
    this.study = study;
    this.one = one;
    this.draft = study.drafts[`appeal ${study.data.id} ${one.id}`] ??= { open: false, kind: "wrong_hit", text: "", turn: "" };
    this.element = h("div", { class: "appeal-form" });
    this.build();
  }

  build() {
    const { study, one, draft } = this;
    if (!draft.open) {
      this.element.replaceChildren(h("button", { class: "small", "aria-label": `${study.t("appeal.begin")} ${one.name}`, onclick: () => this.change({ open: true }) }, study.t("appeal.begin")));
      return;
    }
    const kinds = h("div", { class: "kinds", role: "radiogroup", "aria-label": study.t("appeal.what") }, KINDS.map((kind) =>
      h("label", {}, h("input", { type: "radio", name: `appeal-${one.id}`, checked: draft.kind === kind, onchange: () => { draft.kind = kind; } }), study.t(`appeal.kind.${kind}`))));
    const turn = h("select", { "aria-label": study.t("appeal.where"), onchange: (event) => { draft.turn = event.target.value; } },
      h("option", { value: "" }, study.t("appeal.whole")),
      study.data.turns.map((said, i) => h("option", { value: String(i), selected: draft.turn === String(i) }, `${said.at ? clock(said.at[0]) : `#${i + 1}`} ${said.text.slice(0, 36)}`)));
    this.send = h("button", { class: "button primary", disabled: !draft.text.trim(), onclick: () => this.submit() }, study.t("appeal.send"));
    const text = h("textarea", { rows: 3, maxlength: 2000, "aria-label": study.t("appeal.why"), placeholder: study.t("appeal.why"), oninput: (event) => {
      draft.text = event.target.value;
      this.send.disabled = !draft.text.trim();
    } }, draft.text);
    this.element.replaceChildren(h("p", { class: "advice-head" }, study.t("appeal.what")), kinds, turn, text,
      h("div", { class: "buttons" }, h("button", { class: "button", onclick: () => this.change({ open: false }) }, study.t("appeal.cancel")), this.send));
    text.focus({ preventScroll: true });
  }

  change(change) {
    Object.assign(this.draft, change);
    this.build();
  }

  submit() {
    const { study, one, draft } = this;
    const turn = draft.turn === "" ? null : Number(draft.turn);
    this.send.disabled = true;
    delete study.drafts[`appeal ${study.data.id} ${one.id}`];
    study.trigger("appeal", { criterion: one.id, kind: draft.kind, text: draft.text, turn });
  }
}

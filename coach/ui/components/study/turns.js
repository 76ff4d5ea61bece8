// The words of the call, following the sound; a panel may put something beside each turn.

import { clock, h, icon, unseen } from "../dom.js";
import { keepInView } from "../call_player/scroll.js";

export class Turns {
  constructor(study) {
    this.study = study;
    this.current = -1;
    this.rows = study.data.turns.map((turn, i) => this.row(turn, i));
    this.list = h("ol", { class: "turns scroll", tabindex: 0, "aria-label": study.t("transcript") }, this.rows);
    this.starts = study.data.turns.map(({ at }) => (at ? at[0] : null));
    this.element = h("section", { class: "transcript card", "aria-label": study.t("transcript") },
      h("header", {}, h("h2", {}, study.t("transcript")), h("span", { class: "count" }, study.t("turns", { n: this.rows.length }))), this.list);
  }

  row(turn, i) {
    const { study } = this;
    const when = turn.at ? clock(turn.at[0]) : `#${i + 1}`;
    const tools = h("div", { class: "beside" });
    const row = h("li", { class: "turn", dataset: { turn: String(i) } },
      h("button", { class: "when", onclick: () => study.open(i, turn.at) }, unseen(study.t("go")), turn.at ? icon("play", true) : null, when),
      h("div", { class: "said" }, h("p", { class: `by role-${turn.role}` }, study.role(turn.role)), h("p", { class: "text" }, turn.text), tools));
    this.fill(row, tools, turn, i);
    return row;
  }

  fill(row, tools, turn, i) {
    const made = this.study.panel.beside?.(turn, i);
    row.classList.toggle("marked", Boolean(made?.tone));
    row.dataset.tone = made?.tone ?? "";
    tools.replaceChildren(...(made?.parts ?? []));
    tools.hidden = !made?.parts?.length;
  }

  refresh(i) {
    const row = this.rows[i];
    this.fill(row, row.querySelector(".beside"), this.study.data.turns[i], i);
  }

  reveal(i) {
    const row = this.rows[i];
    if (!row) return;
    keepInView(row, this.list, 0.3);
    for (const other of this.rows) other.classList.toggle("chosen", other === row);
  }

  heard(now) {
    return this.starts.findLastIndex((start) => start !== null && start <= now + 0.05);
  }

  follow({ now, playing }) {
    const heard = this.heard(now);
    if (heard === this.current) return;
    this.rows[this.current]?.classList.remove("current");
    this.current = heard;
    const row = this.rows[heard];
    row?.classList.add("current");
    if (row && playing) keepInView(row, this.list, 0.3);
  }
}

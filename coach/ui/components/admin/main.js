// Administration: the accounts of the office, and how long calls are kept.

import { fill, h, icon, mounted, sameData } from "../dom.js";
import { accountsPart } from "./accounts.js";
import { retentionPart } from "./retention.js";

export default mounted((root) => new Administration(root));

class Administration {
  constructor(root) {
    this.root = root;
    this.asking = null; // what is to be confirmed: { act, id, … }
    this.entered = {}; // what was typed and not sent
  }

  update({ data, setTriggerValue }) {
    this.trigger = setTriggerValue;
    if (this.data && sameData(this.data, data)) return;
    if (this.data && (data.said || data.ticket)) [this.asking, this.entered] = [null, {}];
    this.data = data;
    // The link is told once; it stands here until it is put away.
    if (data.ticket) this.ticket = data.ticket;
    this.build();
    if (data.ticket) this.root.querySelector(".link input")?.select();
  }

  t(key, values = {}) {
    return fill(this.data.texts[key], values);
  }

  build() {
    const { data } = this;
    const focused = this.root.getRootNode().activeElement?.dataset?.name;
    this.root.replaceChildren(h("div", { class: "page" },
      h("div", { class: "top" }, h("h1", {}, this.t("title")), h("p", { class: "note" }, this.t("lead"))),
      data.failed ? h("p", { class: "told tone-critical", role: "alert" }, icon("warn"), data.failed) : null,
      data.said ? h("p", { class: "told tone-merit", role: "status" }, icon("check"), data.said) : null,
      accountsPart(this), retentionPart(this)));
    if (focused) this.root.querySelector(`[data-name="${CSS.escape(focused)}"]`)?.focus();
  }

  section(key, ...children) {
    return h("section", { class: "card part", "aria-label": this.t(key) },
      h("header", {}, h("h2", {}, this.t(key)), h("p", { class: "note" }, this.t(`${key}_note`))), children);
  }

  ask(what) {
    this.asking = what;
    this.build();
    this.root.querySelector(".confirm .button")?.focus();
  }
}

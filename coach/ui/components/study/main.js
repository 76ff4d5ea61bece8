// A call to listen to beside a piece of work on it: score oneself, read the feedback, mark faults, compare.

import { clock, fill, h, icon, mounted, sameData } from "../dom.js";
import { statedMoment } from "../dates.js";
import { Sound } from "../call_player/sound.js";
import { ComparePanel } from "./compare.js";
import { FeedbackPanel } from "./feedback.js";
import { watchKeys } from "./keys.js";
import { MarkPanel } from "./mark.js";
import { Player } from "./player.js";
import { ScorePanel } from "./score.js";
import { Turns } from "./turns.js";

const PANELS = { score: ScorePanel, feedback: FeedbackPanel, mark: MarkPanel, compare: ComparePanel };

export default mounted((root) => new Study(root));

class Study {
  constructor(root) {
    this.root = root;
    this.sound = new Sound();
    this.drafts = {}; // what was chosen and not yet handed in, by call and mode
    this.stopKeys = watchKeys(this);
  }

  update({ data, setTriggerValue }) {
    this.trigger = setTriggerValue;
    if (this.data && sameData(this.data, data)) {
      this.player?.draw();
      return;
    }
    const same = this.data?.id === data.id && this.data?.mode === data.mode;
    const places = same ? [this.left.scrollTop, this.turns.list.scrollTop] : [0, 0];
    this.data = data;
    this.sound.load(data.sound);
    this.build();
    [this.left.scrollTop, this.turns.list.scrollTop] = places;
  }

  // What was chosen so far; it outlives a change of language.
  draft(empty) {
    return (this.drafts[`${this.data.mode} ${this.data.id}`] ??= empty);
  }

  t(key, values = {}) {
    const text = this.data.texts[key];
    if (text === undefined) throw new Error(`no text for ${key}`);
    return fill(text, values);
  }

  role(role) {
    return this.t(`role.${role}`);
  }

  build() {
    this.clear();
    this.panel = new PANELS[this.data.mode](this);
    this.player = this.data.sound ? new Player(this) : null;
    this.turns = new Turns(this);
    this.left = h("section", { class: "left scroll", "aria-label": this.t(`${this.data.mode}.heading`), tabindex: "-1" }, this.panel.element);
    const player = this.player ? this.player.element : h("p", { class: "card no-sound" }, icon("help"), this.t("no_sound"));
    this.root.replaceChildren(h("div", { class: "screen" }, this.head(),
      h("div", { class: "columns" }, this.left, h("div", { class: "right" }, player, this.turns.element))));
    this.sound.listen((state) => [this.player, this.turns].forEach((part) => part?.follow(state)));
    this.panel.changed?.();
    this.player?.draw();
  }

  head() {
    const { data } = this;
    const facts = [data.startedAt ? statedMoment(data.startedAt, data.lang) : null, data.duration ? clock(data.duration) : null,
      this.t(`playbook.${data.playbook}` in data.texts ? `playbook.${data.playbook}` : "playbook.other", { name: data.playbook })];
    return h("header", { class: "head" },
      h("button", { class: "back", onclick: () => this.trigger("back", true) }, icon("back"), this.t(`${data.mode}.back`)),
      h("h1", {}, data.title),
      h("p", { class: "meta" }, facts.filter(Boolean).map((fact) => h("span", {}, fact))));
  }

  // Show a turn and play its seconds.
  open(turn, at, { play = true } = {}) {
    this.turns.reveal(turn);
    if (at && this.data.sound) {
      if (play) this.sound.playRange(at);
      else this.sound.seek(at[0]);
    }
  }

  clear() {
    this.player?.stop();
    this.panel?.stop?.();
    this.sound.listen(null);
  }

  stop() {
    this.clear();
    this.stopKeys();
    this.sound.stop();
  }
}

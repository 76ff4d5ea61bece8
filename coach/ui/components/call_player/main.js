// The review of one call: judgement on the left, sound and words on the right, and one sound for all of them.

import { clock, fill, h, icon, mounted, sameData } from "../dom.js";
import { statedMoment } from "../dates.js";
import { Controls } from "./controls.js";
import { Criteria } from "./criteria.js";
import { ExportMenu } from "./export.js";
import { factsPanel } from "./facts.js";
import { watchKeys } from "./keys.js";
import { mannerPanel } from "./manner.js";
import { marksOf } from "./marks.js";
import { alert, Kept, officeBar, panelsOf } from "./office.js";
import { Sound } from "./sound.js";
import { summary } from "./summary.js";
import { tabs } from "./tabs.js";
import { Timeline } from "./timeline.js";
import { Tip } from "./tip.js";
import { Transcript } from "./transcript.js";

export default mounted((root) => new Screen(root));

class Screen {
  constructor(root) {
    this.root = root;
    this.sound = new Sound();
    this.parts = [];
    this.stopKeys = watchKeys(this);
  }

  update({ data, setTriggerValue }) {
    this.trigger = setTriggerValue;
    if (this.data && sameData(this.data, data)) {
      this.timeline?.draw();
      return;
    }
    const first = this.data?.id !== data.id;
    const kept = first ? null : new Kept(this);
    this.data = data;
    this.texts = data.texts;
    this.view = data.review;
    this.marks = marksOf(this.view);
    this.mark = -1;
    this.sound.load(data.sound);
    this.build();
    kept?.restore(this);
    if (first && data.openAt !== null) this.openAt(data.openAt);
  }

  // The text of `key`, with values put in.
  t(key, values = {}) {
    const text = this.texts[key];
    if (text === undefined) throw new Error(`no text for ${key}`);
    return fill(text, values);
  }

  role(role) {
    return this.t(`role.${role}`);
  }

  build() {
    this.clear();
    this.tip = new Tip();
    const hasSound = this.data.sound !== null;
    this.timeline = hasSound ? new Timeline(this) : null;
    this.controls = hasSound ? new Controls(this) : null;
    this.transcript = new Transcript(this);
    this.criteria = new Criteria(this);
    this.parts = [this.timeline, this.controls, this.transcript].filter(Boolean);
    const player = hasSound
      ? h("section", { class: "player card", "aria-label": this.t("player") }, this.timeline.element, this.controls.element)
      : h("p", { class: "card no-sound" }, icon("help"), this.t("no_sound"));
    const panels = panelsOf(this, [
      { id: "criteria", name: this.t("tab.criteria"), body: this.criteria.element },
      { id: "facts", name: this.t("tab.facts"), body: factsPanel(this) },
      { id: "manner", name: this.t("tab.manner"), body: mannerPanel(this) },
    ]);
    const left = h("section", { class: "left scroll", "aria-label": this.t("judgement"), tabindex: "-1" },
      alert(this), this.data.blind ? null : summary(this), tabs(panels, this.t("tabs")));
    const right = h("div", { class: "right" }, player, this.transcript.element);
    this.root.replaceChildren(h("div", { class: "screen" }, this.head(), h("div", { class: "columns" }, left, right)), this.tip.element);
    this.sound.listen((state) => this.parts.forEach((part) => part.follow(state)));
    this.timeline?.draw();
  }

  head() {
    const { call } = this.view;
    const facts = [
      call.startedAt ? statedMoment(call.startedAt, this.data.lang) : null,
      call.duration ? clock(call.duration) : null,
      this.t(`playbook.${call.playbook}` in this.texts ? `playbook.${call.playbook}` : "playbook.other", { name: call.playbook }),
      this.t(`language.${["zh", "en"].includes(call.language) ? call.language : "other"}`, { code: call.language }),
      call.channels ? this.t(call.channels > 1 ? "stereo" : "mono") : null,
      call.recogniser ? this.t("recogniser", { name: call.recogniser }) : this.t("written"),
    ];
    return h("header", { class: "head" },
      h("button", { class: "back", onclick: () => this.trigger("back", true) }, icon("back"), this.t("back")),
      h("h1", {}, this.data.title),
      h("p", { class: "meta" }, facts.filter(Boolean).map((fact) => h("span", {}, fact))),
      officeBar(this), this.data.blind || this.data.office?.closed ? null : new ExportMenu(this).element);
  }

  // Ask the server for what a person decided.
  act(what) {
    this.trigger("office", what);
  }

  // Show the words of a piece of evidence and play its seconds, without asking the server for anything.
  open({ turn, at }, { play = true } = {}) {
    this.transcript.reveal(turn);
    if (at && this.data.sound) {
      if (play) this.sound.playRange(at);
      else this.sound.seek(at[0]);
    }
  }

  openAt(seconds) {
    const turn = this.view.turns.findLastIndex(({ at }) => at && at[0] <= seconds);
    if (turn >= 0) this.open({ turn, at: [seconds, seconds] }, { play: false });
  }

  // The next or previous mark after the chosen one, or after the moment that is heard.
  step(by) {
    if (!this.marks.length) return;
    const now = this.sound.now();
    if (this.mark < 0 && this.data.sound) {
      const after = this.marks.findIndex(({ at }) => at && at[0] > now + 0.05);
      this.mark = by > 0 ? (after < 0 ? 0 : after) : (after < 0 ? this.marks.length : after) - 1;
    } else {
      this.mark = (this.mark + by + this.marks.length) % this.marks.length;
    }
    this.openMark(this.marks[Math.max(0, this.mark)]);
  }

  openMark(mark) {
    this.mark = this.marks.indexOf(mark);
    this.open(mark);
    this.criteria.point(mark.criterion);
    this.controls?.announce(`${mark.title} ${mark.at ? clock(mark.at[0]) : ""}`);
  }

  clear() {
    this.menu?.close();
    this.parts.forEach((part) => part.stop?.());
    this.sound.listen(null);
  }

  stop() {
    this.clear();
    this.stopKeys();
    this.sound.stop();
  }
}

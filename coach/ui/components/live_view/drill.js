// A drill: the customer's line is said first, and only then is the answer heard; what it trains fills meanwhile.

import { h, icon } from "../dom.js";
import { Sound } from "../call_player/sound.js";

const ECHO_MS = 350; // what the room still gives back of the line is not the answer
const MARKS = { met: ["check", "merit"], partly: ["half", "check"], open: ["dash", "soft"] };

export class DrillPart {
  constructor(view) {
    this.view = view;
    this.sound = new Sound();
    this.playing = false;
    this.trouble = null;
    this.begun = null;
    this.sound.audio.addEventListener("ended", () => this.said());
    this.sound.audio.addEventListener("error", () => this.failed("unheard"));
  }

  // The session waits with its ear closed: say the line once, whoever opened the page.
  update(state) {
    const { sound } = this.view.data.drill;
    this.sound.load(sound);
    if (sound && waits(state) && this.begun !== sound) {
      this.begun = sound;
      this.play();
    }
  }

  async play() {
    this.trouble = null;
    this.playing = true;
    if (this.view.data.state.status === "listening") this.view.ask("pause");
    this.sound.seek(0);
    try {
      await this.sound.audio.play();
    } catch (error) {
      if (error.name === "NotAllowedError") this.failed("blocked");
    }
    this.view.redraw("cue");
  }

  said() {
    this.playing = false;
    setTimeout(() => this.view.ask("resume"), ECHO_MS);
    this.view.redraw("cue");
  }

  skip() {
    this.playing = false;
    this.sound.audio.pause();
    this.view.ask("resume");
    this.view.redraw("cue");
  }

  failed(why) {
    this.playing = false;
    this.trouble = why;
    this.view.redraw("cue");
  }

  stop() {
    this.sound.stop();
  }

  line(state) {
    const { t } = this.view;
    const { line, sound, language } = this.view.data.drill;
    const say = (key) => t.call(this.view, `drill.${key}`);
    const waiting = state.status === "paused";
    const note = this.playing ? say("playing") : this.trouble ? say(this.trouble) : waiting ? null : sound ? say("now") : `${say("no_sound")} ${say("now")}`;
    return h("div", { class: "cue line", role: "status" },
      h("p", { class: "label" }, say("line"), this.playing ? icon("wave") : null),
      h("p", { class: "say", lang: language === "zh" ? "zh-CN" : "en" }, line),
      note ? h("p", { class: "label" }, note) : null,
      h("div", { class: "foot" },
        sound && !this.playing ? h("button", { class: `button ${waiting ? "primary" : ""}`, onclick: () => this.play() }, icon("play", true), say(waiting ? "play" : "replay")) : null,
        waiting || this.playing ? h("button", { class: "button", onclick: () => this.skip() }, say("skip")) : null));
  }

  // What the line trains; better words for what is missing as soon as something was said.
  points(lines, answered) {
    const { better } = this.view.data.drill;
    return h("section", { class: "list card points", "aria-label": this.view.t("drill.trains") },
      h("h3", {}, this.view.t("drill.trains"), h("span", { class: "count" }, this.view.t("met_of", { n: lines.filter((line) => line.state === "met").length, all: lines.length }))),
      h("ul", {}, lines.map((line) => {
        const [mark, tone] = MARKS[line.state];
        return h("li", { class: line.state },
          h("p", { class: `point tone-${tone}` }, icon(mark), h("strong", {}, line.title), h("span", { class: "visually-hidden" }, this.view.t(`line.${line.state}`))),
          answered && line.state !== "met" ? h("p", { class: "add" }, h("span", { class: "label" }, this.view.t("drill.add")), better[line.criterion]) : null);
      })));
  }
}

export function waits(state) {
  return state.status === "paused" && state.elapsed === 0;
}

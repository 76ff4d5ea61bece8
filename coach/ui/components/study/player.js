// Who speaks when, where the marks lie, and the buttons to listen.

import { clock, h, icon, unseen } from "../dom.js";
import { drawLane, gainFor } from "../call_player/waveform.js";

const LANES = [["agent"], ["customer", "third_party", "unknown"]];
const COLORS = { agent: "--agent", customer: "--customer", third_party: "--third", unknown: "--nobody" };
const RATES = [0.75, 1, 1.25, 1.5, 2];

export class Player {
  constructor(study) {
    this.study = study;
    this.duration = study.data.duration || 1;
    this.canvases = LANES.map(() => h("canvas", { "aria-hidden": "true" }));
    this.playhead = h("div", { class: "playhead" });
    this.slider = h("input", {
      type: "range", class: "seek", min: 0, max: this.duration, step: 0.1, value: 0, "aria-label": study.t("position"),
      oninput: (event) => this.seek(Number(event.target.value)),
    });
    this.pins = h("div", { class: "pins", role: "group", "aria-label": study.t("marks") });
    this.track = h("div", { class: "track" },
      h("div", { class: "waves" }, this.canvases.map((canvas) => h("div", { class: "wave" }, canvas)), this.slider), this.pins, this.playhead);
    this.element = h("section", { class: "player card", "aria-label": study.t("player") },
      h("div", { class: "timeline" }, this.names(), this.track), this.controls());
    this.sizes = new ResizeObserver(() => this.draw());
    this.sizes.observe(this.track);
  }

  names() {
    const { study } = this;
    const other = [...new Set(study.data.turns.map(({ role }) => role))].filter((role) => role !== "agent");
    return h("div", { class: "names", "aria-hidden": "true" },
      h("span", { class: "role-agent" }, study.role("agent")),
      h("span", { class: `role-${other[0] ?? "customer"}` }, study.role(other[0] ?? "customer")),
      h("span", { class: "low" }, study.t("marks")));
  }

  controls() {
    const { study } = this;
    const { sound } = study;
    this.play = h("button", { class: "play", onclick: () => sound.toggle() });
    this.time = h("span", { class: "time" });
    this.failure = h("p", { class: "failure tone-critical", role: "alert", hidden: true }, study.t("sound_failed"));
    const speed = h("select", { class: "speed", "aria-label": study.t("speed"), onchange: (event) => sound.rate(Number(event.target.value)) },
      RATES.map((rate) => h("option", { value: rate, selected: rate === sound.audio.playbackRate }, `${rate}×`)));
    return h("div", { class: "controls" }, this.play,
      h("button", { class: "small", onclick: () => sound.skip(-5) }, unseen(study.t("back_5")), "−5s"),
      h("button", { class: "small", onclick: () => sound.skip(5) }, unseen(study.t("ahead_5")), "+5s"),
      this.time, h("span", { class: "space" }), speed, this.failure);
  }

  // `pins`: {at, tone, name, turn}
  pin(pins) {
    this.pins.replaceChildren(...pins.filter(({ at }) => at).map(({ at, tone, name, turn }) => h("button", {
      class: `pin pin-${tone}`, tabindex: -1, style: { left: this.x(at[0]) }, title: name, "aria-label": `${clock(at[0])} ${name}`,
      onclick: () => this.study.open(turn, at),
    })));
  }

  x(seconds) {
    return `${(100 * Math.min(1, Math.max(0, seconds / this.duration))).toFixed(3)}%`;
  }

  seek(seconds) {
    this.study.sound.seek(seconds);
  }

  draw() {
    const { peaks, lanes, turns } = this.study.data;
    const style = getComputedStyle(this.element);
    this.canvases.forEach((canvas, lane) => {
      const stretches = turns.filter(({ role, at }) => at && LANES[lane].includes(role)).map(({ role, at }) =>
        ({ start: at[0] / this.duration, end: at[1] / this.duration, color: style.getPropertyValue(COLORS[role]) }));
      drawLane(canvas, peaks[lanes[lane]] ?? [], gainFor(peaks), stretches, style.getPropertyValue("--line-strong"));
    });
  }

  follow({ now, playing, failed }) {
    this.playhead.style.left = this.x(now);
    if (Math.abs(Number(this.slider.value) - now) >= 0.1) {
      this.slider.value = now;
      this.slider.setAttribute("aria-valuetext", clock(now));
    }
    const shown = `${clock(now)} / ${clock(this.duration)}`;
    if (this.time.textContent !== shown) this.time.textContent = shown;
    this.failure.hidden = !failed;
    if (this.playing === playing) return;
    this.playing = playing;
    this.play.setAttribute("aria-label", this.study.t(playing ? "pause" : "play"));
    this.play.replaceChildren(icon(playing ? "pause" : "play", !playing));
  }

  stop() {
    this.sizes.disconnect();
  }
}

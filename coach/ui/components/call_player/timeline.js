// Who speaks when, how loud, and where the findings and the speech events lie.

import { clock, h } from "../dom.js";
import { drawLane, gainFor } from "./waveform.js";
import { turnAt } from "./manner.js";

const LANE_ROLES = [["agent"], ["customer", "third_party", "unknown"]];
const SHOWN_EVENTS = ["silence", "interruption", "raised_voice", "hurried", "monologue", "overlap"];

export class Timeline {
  constructor(screen) {
    this.screen = screen;
    this.duration = screen.view.call.duration || 1;
    this.canvases = LANE_ROLES.map(() => h("canvas", { "aria-hidden": "true" }));
    this.head = h("div", { class: "playhead" });
    this.slider = h("input", {
      type: "range", class: "seek", min: 0, max: this.duration, step: 0.1, value: 0, "aria-label": screen.t("position"),
      oninput: (event) => this.seek(Number(event.target.value)),
    });
    const marks = h("div", { class: "lane marks", role: "group", "aria-label": screen.t("findings") }, screen.marks.map((mark) => this.mark(mark)));
    const events = h("div", { class: "lane events" }, this.events());
    this.track = h("div", { class: "track" },
      h("div", { class: "waves" }, this.canvases.map((canvas) => h("div", { class: "wave" }, canvas)), this.slider),
      marks, events, this.axis(), this.head);
    this.element = h("div", { class: "timeline" }, this.names(), this.track);
    this.sizes = new ResizeObserver(() => this.draw());
    this.sizes.observe(this.track);
  }

  names() {
    const { screen } = this;
    const others = [...new Set(screen.view.turns.map(({ role }) => role))].filter((role) => role !== "agent");
    const other = others.length ? others : ["customer"];
    return h("div", { class: "names", "aria-hidden": "true" },
      h("span", { class: "name role-agent" }, screen.role("agent")),
      h("span", { class: "name" }, other.map((role) => h("span", { class: `role-${role}` }, screen.role(role)))),
      h("span", { class: "name low" }, screen.t("findings")),
      h("span", { class: "name low" }, screen.t("events")));
  }

  x(seconds) {
    return `${(100 * Math.min(1, Math.max(0, seconds / this.duration))).toFixed(3)}%`;
  }

  mark(mark) {
    if (!mark.at) return null;
    const { screen } = this;
    const button = h("button", {
      class: `pin pin-${mark.tone} ${mark.tone === "merit" ? "row-merit" : "row-fault"}`, tabindex: -1, style: { left: this.x(mark.at[0]) },
      "aria-label": `${clock(mark.at[0])} ${screen.t(`tone.${mark.tone}`)} ${mark.title}`,
      onclick: () => screen.openMark(mark),
    });
    screen.tip.on(button, () => [
      h("strong", { class: `tone-text-${mark.tone}` }, `${screen.t(`tone.${mark.tone}`)} · ${mark.title}`),
      h("span", {}, `${clock(mark.at[0])} ${screen.role(screen.view.turns[mark.turn].role)}`),
      h("q", {}, mark.quote),
    ]);
    return button;
  }

  events() {
    const { screen } = this;
    const found = (screen.view.speech?.events ?? []).filter(({ kind }) => SHOWN_EVENTS.includes(kind));
    return found.map((event) => {
      const [start, end] = event.at;
      const button = h("button", {
        class: `event event-${event.kind}`, tabindex: -1, style: { left: this.x(start), width: this.x(end - start) },
        "aria-label": `${clock(start)} ${screen.t(`event.${event.kind}`)}`,
        onclick: () => screen.open({ turn: event.turn ?? turnAt(screen, start), at: event.at }),
      });
      screen.tip.on(button, () => [
        h("strong", {}, screen.t(`event.${event.kind}`)),
        h("span", {}, `${clock(start)}–${clock(end)}${event.role ? ` · ${screen.role(event.role)}` : ""}`),
      ]);
      return button;
    });
  }

  axis() {
    const step = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800].find((size) => this.duration / size <= 10) ?? 3600;
    const ticks = [];
    for (let at = 0; at < this.duration - step * 0.35; at += step) ticks.push(h("span", { style: { left: this.x(at) } }, clock(at)));
    return h("div", { class: "axis", "aria-hidden": "true" }, ticks);
  }

  seek(seconds) {
    this.screen.sound.seek(seconds);
    this.screen.mark = -1;
    this.screen.transcript.reveal(turnAt(this.screen, seconds), { flash: false });
  }

  draw() {
    const { peaks, channels } = this.screen.data;
    const gain = gainFor(peaks);
    const style = getComputedStyle(this.element);
    const color = (role) => style.getPropertyValue({ agent: "--agent", customer: "--customer", third_party: "--third", unknown: "--nobody" }[role]);
    this.canvases.forEach((canvas, lane) => {
      const roles = LANE_ROLES[lane];
      const stretches = this.screen.view.turns
        .filter(({ role, at }) => at && roles.includes(role))
        .map(({ role, at }) => ({ start: at[0] / this.duration, end: at[1] / this.duration, color: color(role) }));
      drawLane(canvas, peaks[channels[lane]] ?? [], gain, stretches, style.getPropertyValue("--line-strong"));
    });
  }

  follow({ now }) {
    this.head.style.left = this.x(now);
    if (Math.abs(Number(this.slider.value) - now) >= 0.1) {
      this.slider.value = now;
      this.slider.setAttribute("aria-valuetext", clock(now));
    }
  }

  stop() {
    this.sizes.disconnect();
  }
}

// Play, skip, step between findings, speed.

import { clock, h, icon, unseen } from "../dom.js";

const RATES = [0.75, 1, 1.25, 1.5, 2];

export class Controls {
  constructor(screen) {
    this.screen = screen;
    const { sound } = screen;
    this.play = h("button", { class: "play", onclick: () => sound.toggle() });
    this.time = h("span", { class: "time" });
    this.failure = h("p", { class: "failure tone-critical", role: "alert", hidden: true }, screen.t("sound_failed"));
    this.live = h("span", { class: "visually-hidden", "aria-live": "polite" });
    const speed = h("select", { class: "speed", "aria-label": screen.t("speed"), onchange: (event) => sound.rate(Number(event.target.value)) },
      RATES.map((rate) => h("option", { value: rate, selected: rate === sound.audio.playbackRate }, `${rate}×`)));
    this.element = h("div", { class: "controls" },
      h("div", { class: "group-left" },
        step(screen, "previous", -1), this.play, step(screen, "next", 1),
        h("button", { class: "small", onclick: () => sound.skip(-5) }, unseen(screen.t("back_5")), "−5s"),
        h("button", { class: "small", onclick: () => sound.skip(5) }, unseen(screen.t("ahead_5")), "+5s"),
        this.time),
      h("div", { class: "group-right" }, h("span", { class: "keys" }, keys(screen)), speed),
      this.failure, this.live);
  }

  follow({ now, playing, failed }) {
    const { screen } = this;
    const shown = `${clock(now)} / ${clock(screen.view.call.duration ?? 0)}`;
    if (this.time.textContent !== shown) this.time.textContent = shown;
    this.failure.hidden = !failed;
    if (this.playing === playing) return;
    this.playing = playing;
    this.play.setAttribute("aria-label", screen.t(playing ? "pause" : "play"));
    this.play.replaceChildren(icon(playing ? "pause" : "play", !playing));
  }

  announce(text) {
    this.live.textContent = text;
  }
}

function step(screen, name, by) {
  return h("button", { class: "step", "aria-label": screen.t(`${name}_finding`), title: screen.t(`${name}_finding`), onclick: () => screen.step(by) }, icon(name, true));
}

function keys(screen) {
  return [["Space", "key.play"], ["← →", "key.skip"], ["J K", "key.step"]].map(([key, text]) =>
    h("span", {}, h("kbd", {}, key), screen.t(text)));
}

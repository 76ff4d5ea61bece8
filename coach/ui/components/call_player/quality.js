// What the sound of the recording allows, in words and numbers.

import { h } from "../dom.js";

const CLIPPED = 0.002;
const NOISY_DB = 12;
const CLEAN_DB = 20;
const NARROW_HZ = 4200;

export function qualityGroup(screen) {
  const { quality } = screen.view.call;
  if (!quality) return null;
  const rows = [
    ["snr", quality.snr === null ? "—" : screen.t("quality.db", { n: quality.snr }), quality.snr === null ? null : noise(quality.snr)],
    ["band", screen.t("quality.hz", { n: (quality.bandwidth / 1000).toFixed(1) }), quality.bandwidth < NARROW_HZ ? "narrow" : "wide"],
    ["clipped", `${(quality.clipped * 100).toFixed(2)}%`, quality.clipped > CLIPPED ? "distorted" : "whole"],
    ["speech", `${Math.round(quality.speech * 100)}%`, null],
  ];
  return h("section", { class: "group" }, h("h2", {}, screen.t("quality")),
    h("table", { class: "quality" }, h("tbody", {}, rows.map(([key, value, word]) => h("tr", {},
      h("th", { scope: "row" }, screen.t(`quality.${key}`)), h("td", {}, value),
      h("td", { class: `word ${word}` }, word ? screen.t(`quality.${word}`) : ""))))));
}

function noise(snr) {
  if (snr < NOISY_DB) return "noisy";
  return snr < CLEAN_DB ? "fair" : "clean";
}

// Levels, share of talk and lag: what must be seen without reading.

import { h } from "../dom.js";

const QUIETEST = -60;

export function meters(view, state) {
  const names = levelNames(view, state);
  return h("div", { class: "meters" },
    h("div", { class: `levels ${names.length > 1 ? "" : "one"}` }, names.map((name, i) => level(name, state.levels[i] ?? -90))),
    share(view, state.shares),
    h("div", { class: `lag ${state.lag > 1.5 ? "late" : ""}` }, h("span", { class: "name" }, view.t("lag")), h("strong", {}, view.t("seconds", { n: state.lag.toFixed(1) }))));
}

function levelNames(view, state) {
  if (view.data.two) return [view.t("role.agent"), view.t("role.customer")];
  if (view.data.alone) return [view.t("microphone")];
  return state.levels.length > 1 ? [view.t("left"), view.t("right")] : [view.t("microphone")];
}

function level(name, decibels) {
  const percent = Math.max(0, Math.min(100, Math.round((1 - decibels / QUIETEST) * 100)));
  return h("div", { class: "level" }, h("span", { class: "name" }, name),
    h("span", { class: "track", role: "meter", "aria-label": name, "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": percent },
      h("span", { class: percent > 92 ? "fill loud" : "fill", style: { width: `${percent}%` } })));
}

function share(view, shares) {
  const order = ["agent", "customer", "third_party", "unknown"].filter((role) => shares[role]);
  return h("div", { class: "share" }, h("span", { class: "name" }, view.t("share")),
    h("span", { class: "track" }, order.map((role) => h("span", { class: `part ${role}`, style: { width: `${shares[role] * 100}%` } }))),
    h("span", { class: "names" }, order.map((role) => h("span", { class: role }, `${view.t(`role.${role}`)} ${Math.round(shares[role] * 100)}%`))));
}

// The manner of speaking: who talked how much, and where it was fast, loud, silent or cut short.

import { clock, h, icon, unseen } from "../dom.js";
import { qualityGroup } from "./quality.js";

const KINDS = ["interruption", "raised_voice", "hurried", "monologue", "silence", "overlap"];

export function mannerPanel(screen) {
  const { speech } = screen.view;
  if (!speech) return h("p", { class: "empty" }, screen.t("no_manner"));
  return h("div", { class: "manner" }, talkShare(screen, speech), table(screen, speech), places(screen, speech), qualityGroup(screen));
}

function talkShare(screen, { talkShare: shares }) {
  const roles = Object.entries(shares).filter(([, share]) => share > 0);
  const percent = (share) => `${Math.round(share * 100)}%`;
  return h("section", { class: "group" }, h("h2", {}, screen.t("talk_share")),
    h("div", { class: "share", role: "img", "aria-label": roles.map(([role, share]) => `${screen.role(role)} ${percent(share)}`).join(", ") },
      roles.map(([role, share]) => h("span", { class: `part fill-${role}`, style: { "flex-grow": String(share) } }))),
    h("ul", { class: "legend" }, roles.map(([role, share]) =>
      h("li", {}, h("i", { class: `dot fill-${role}` }), screen.role(role), h("strong", {}, percent(share))))));
}

function table(screen, speech) {
  const roles = Object.keys(speech.talkShare);
  const lang = screen.view.call.language === "zh" ? "zh" : "en";
  const rows = [
    ["interruptions", speech.interruptions, (value) => screen.t("times", { n: value })],
    ["pace", speech.pace, (value) => screen.t(`pace_${lang}`, { n: value.toFixed(1) })],
    ["longest_monologue", speech.longestMonologue, (value) => screen.t("seconds", { n: Math.round(value) })],
  ];
  return h("section", { class: "group" },
    h("table", {},
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, screen.t("measure")), roles.map((role) => h("th", { scope: "col", class: `role-${role}` }, screen.role(role))))),
      h("tbody", {}, rows.map(([key, measures, show]) => h("tr", {},
        h("th", { scope: "row" }, screen.t(`measure.${key}`)),
        roles.map((role) => h("td", {}, measures[role] === undefined ? "—" : show(measures[role]))))))),
    h("p", { class: "note" }, screen.t("silence_overlap", { silence: Math.round(speech.silence), overlap: Math.round(speech.overlap) })));
}

function places(screen, { events }) {
  return KINDS.map((kind) => {
    const found = events.filter((event) => event.kind === kind);
    if (!found.length) return null;
    return h("section", { class: "group" },
      h("h2", {}, screen.t(`event.${kind}`), h("span", { class: "count" }, String(found.length))),
      h("p", { class: "note" }, screen.t(`event_note.${kind}`)),
      h("ul", { class: "places" }, found.map((event) => h("li", {}, h("button", {
        class: `place ${event.role ? `role-${event.role}` : ""}`,
        onclick: () => screen.open({ turn: event.turn ?? turnAt(screen, event.at[0]), at: event.at }),
      }, unseen(screen.t("go")), screen.data.sound ? icon("play", true) : null, clock(event.at[0]),
      event.role ? h("span", {}, screen.role(event.role)) : h("span", {}, screen.t("seconds", { n: Math.round(event.at[1] - event.at[0]) })))))));
  });
}

// The turn that is spoken at a moment, or the last before it.
export function turnAt(screen, seconds) {
  return Math.max(0, screen.view.turns.findLastIndex(({ at }) => at && at[0] <= seconds + 0.01));
}

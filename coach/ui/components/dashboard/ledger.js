// Promises to pay, and what became of them.

import { h, icon } from "../dom.js";

const SHOWN = 12;
const STATES = [["kept", true], ["broken", false], ["pending", null]];

export function ledger(team) {
  const { full } = team.data;
  const promises = team.data.promises.filter(({ gone }) => !gone);
  const gone = team.data.promises.filter((one) => one.gone);
  if (!team.data.promises.length) return team.section("ledger", null, h("p", { class: "nothing" }, icon("help"), team.t("no_promises")));
  const counts = [["kept", promises.filter(({ kept }) => kept === true).length], ["broken", promises.filter(({ kept }) => kept === false).length],
    ["pending", promises.filter(({ kept }) => kept === null).length], ["overdue", promises.filter(({ overdue }) => overdue).length]];
  const rows = promises.map((one) => line(team, one));
  const list = h("ul", { class: "lines" }, team.allPromises ? rows : rows.slice(0, SHOWN));
  const more = rows.length > SHOWN && !team.allPromises
    ? h("button", { class: "small more", onclick: () => { team.allPromises = true; list.replaceChildren(...rows); more.remove(); } }, team.t("show_all", { n: rows.length })) : null;
  return team.section("ledger", "promises",
    h("p", { class: "tally" }, counts.map(([name, n]) => h("span", { class: `chip promise-${name}` }, `${team.t(name)} ${n}`))),
    list, more, full ? h("p", { class: "note" }, team.t("ledger_full", { n: team.data.promises.length })) : null, gone.length ? leftBehind(team, gone) : null);
}

// Notes on promises that the latest review does not find in the words any more: somebody looks again, or lets them go.
function leftBehind(team, gone) {
  return h("div", { class: "left-behind", role: "region", "aria-label": team.t("gone") },
    h("h3", {}, icon("warn"), team.t("gone")), h("p", { class: "note" }, team.t("gone_note")),
    h("ul", { class: "lines" }, gone.map((one) => line(team, one))));
}

function line(team, one) {
  const what = `${one.title} · ${team.sum(one.amount)}`;
  return h("li", { class: one.gone ? "promise gone" : "promise" },
    h("span", { class: `when ${one.overdue ? "late" : ""}` }, team.day(one.due), one.overdue ? h("span", { class: "note" }, team.t("overdue")) : null),
    h("span", { class: "sum" }, team.sum(one.amount)),
    h("button", { class: "what", onclick: () => team.trigger("open", one.gone ? { call: one.call, start: one.start } : { call: one.call, turn: one.turn }) }, one.title),
    h("span", { class: "who" }, `${team.t(`role.${one.who}`)}${team.data.solo ? "" : ` · ${one.agent}`}`),
    h("span", { class: "states", role: "group", "aria-label": team.t("became", { what }) }, STATES.map(([name, kept]) => h("button", {
      class: `state state-${name}`, "aria-pressed": String(one.kept === kept), dataset: { name: `promise-${one.id}-${name}` },
      onclick: () => one.kept !== kept && team.trigger("promise", { id: one.id, kept }),
    }, team.t(one.gone && kept === null ? "let_go" : name)))),
    one.quote ? h("blockquote", {}, h("span", { class: "visually-hidden" }, team.t("gone_words")), one.quote) : null);
}

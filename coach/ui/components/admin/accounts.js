// Who has an account: a line for each with what an admin may do, the form for a new one, the one-time link.

import { h, icon } from "../dom.js";
import { localMoment } from "../dates.js";

export function accountsPart(page) {
  const { accounts } = page.data;
  return page.section("accounts", page.ticket ? link(page) : null, accounts.length ? table(page) : first(page), form(page));
}

function first(page) {
  return h("p", { class: "nothing" }, icon("help"), page.t("none"));
}

function table(page) {
  const columns = ["who", "role", "seen", "state", "acts"];
  return h("div", { class: "wide scroll", tabindex: 0, role: "region", "aria-label": page.t("accounts") }, h("table", {},
    h("thead", {}, h("tr", {}, columns.map((name) => h("th", { scope: "col" }, page.t(`column.${name}`))))),
    h("tbody", {}, page.data.accounts.map((one) => [line(page, one), page.asking?.id === one.id ? confirm(page, one) : null]))));
}

function line(page, one) {
  const { me, roles, lang } = page.data;
  const mine = one.id === me;
  const role = h("select", { "aria-label": page.t("role_of", { name: one.name }), disabled: mine, title: mine ? page.t("own") : null, dataset: { name: `role-${one.id}` },
    onchange: (event) => page.ask({ act: "role", id: one.id, role: event.target.value }) },
    roles.map((name) => h("option", { value: name, selected: name === (page.asking?.act === "role" && page.asking.id === one.id ? page.asking.role : one.role) }, page.t(`role.${name}`))));
  const button = (act, name, ...rest) => h("button", { class: `small ${act === "remove" ? "danger" : ""}`, "aria-label": page.t(`${act}_of`, { name: one.name }), dataset: { name: `${act}-${one.id}` }, ...rest[0] }, page.t(name));
  return h("tr", {},
    h("th", { scope: "row" }, h("span", { class: "who" }, one.name, mine ? h("span", { class: "chip" }, page.t("you")) : null), h("span", { class: "note" }, one.login, one.knownBy ? ` · ${one.knownBy}` : "")),
    h("td", {}, role),
    h("td", {}, one.seen ? localMoment(one.seen, lang) : h("span", { class: "note" }, page.t("never"))),
    h("td", {}, states(page, one)),
    h("td", { class: "acts" },
      one.locked ? button("unlock", "unlock", { onclick: () => page.trigger("unlock", { id: one.id }) }) : null,
      button("reset", one.password ? "reset" : "invite", { onclick: () => one.password ? page.ask({ act: "reset", id: one.id }) : page.trigger("reset", { id: one.id }) }),
      mine ? null : button("remove", "remove", { onclick: () => page.ask({ act: "remove", id: one.id }) })));
}

function states(page, one) {
  const found = [];
  if (one.locked) found.push(h("span", { class: "chip tone-critical" }, icon("clock"), page.t("locked", { when: localMoment(one.locked, page.data.lang) })));
  if (!one.password && one.knownBy) found.push(h("span", { class: "chip" }, page.t("by_company")));
  else if (!one.password) found.push(h("span", { class: "chip tone-check" }, page.t("no_password")));
  return found.length ? found : h("span", { class: "chip tone-merit" }, page.t("ready"));
}

// What cannot be taken back with a click is asked for once more, in the line below.
function confirm(page, one) {
  const { act, role } = page.asking;
  const last = act === "remove" && page.data.accounts.length === 2;
  const words = act === "role" ? page.t("confirm.role", { name: one.name, role: page.t(`role.${role}`) })
    : act === "reset" && one.id === page.data.me ? page.t("confirm.reset_own") : page.t(`confirm.${act}`, { name: one.name });
  return h("tr", { class: "confirm" }, h("td", { colspan: 5 }, h("div", { class: "question", role: "alertdialog", "aria-label": page.t(`${act}_of`, { name: one.name }), onkeydown: (event) => event.key === "Escape" && page.ask(null) },
    h("p", {}, words, last ? h("span", { class: "note" }, page.t("confirm.alone")) : null),
    h("button", { class: "button", dataset: { name: "leave" }, onclick: () => page.ask(null) }, page.t("leave")),
    h("button", { class: `button ${act === "remove" ? "danger" : "primary"}`, dataset: { name: "do" }, onclick: () => { page.asking = null; page.trigger(act, { id: one.id, ...(role ? { role } : {}) }); } }, page.t(`do.${act}`)))));
}

function form(page) {
  const { roles, accounts } = page.data;
  const only = accounts.length ? roles : ["admin"]; // the first account is an admin's
  const kept = (name, type, rest) => h("label", { class: "field" }, page.t(`new.${name}`),
    h("input", { type, value: page.entered[name] ?? "", dataset: { name: `new-${name}` }, autocomplete: "off", oninput: (event) => { page.entered[name] = event.target.value; }, ...rest }));
  const role = h("select", { dataset: { name: "new-role" }, onchange: (event) => { page.entered.role = event.target.value; } },
    only.map((name) => h("option", { value: name, selected: name === page.entered.role }, page.t(`role.${name}`))));
  const send = (event) => {
    event.preventDefault();
    page.trigger("add", { login: page.entered.login ?? "", name: page.entered.name ?? "", role: role.value });
  };
  return h("form", { class: "new", "aria-label": page.t("new"), onsubmit: send },
    h("h3", {}, page.t(accounts.length ? "new" : "new_first")),
    h("div", { class: "fields" }, kept("name", "text", { maxlength: 80 }), kept("login", "text", { maxlength: 64, required: true, spellcheck: "false", autocapitalize: "off" }),
      h("label", { class: "field" }, page.t("new.role"), role), h("button", { class: "button primary", dataset: { name: "new-send" } }, page.t("new.send"))),
    h("p", { class: "note" }, page.t(`new.note`)));
}

// Told once: whoever has it may set the password.
function link(page) {
  const { login, token } = page.ticket;
  const address = `${page.data.address ?? location.origin}/login/set?ticket=${encodeURIComponent(token)}`;
  const field = h("input", { readonly: true, value: address, "aria-label": page.t("link"), dataset: { name: "link" }, onfocus: (event) => event.target.select() });
  const copied = h("span", { class: "note", role: "status" });
  const copy = async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(address);
      copied.textContent = page.t("copied");
    } catch {
      copied.textContent = page.t("copy_by_hand"); // the browser does not let us: the field is selected
    }
  };
  return h("div", { class: "link", role: "region", "aria-label": page.t("link") },
    h("div", { class: "head" }, h("h3", {}, page.t("link_for", { login })), h("button", { class: "small", dataset: { name: "put-away" }, onclick: () => { page.ticket = null; page.build(); } }, page.t("put_away"))),
    h("div", { class: "row" }, field, h("button", { class: "button", dataset: { name: "copy" }, onclick: copy }, page.t("copy"))),
    h("p", { class: "note" }, page.t("link_note"), " ", copied));
}

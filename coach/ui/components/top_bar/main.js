// Brand, pages, language, light or dark, and the way out where people sign in.

import { h, icon, mounted, sameData } from "../dom.js";

export default mounted((root) => new TopBar(root));

class TopBar {
  constructor(root) {
    this.root = root;
  }

  update({ data, setTriggerValue }) {
    const theme = this.root.dataset.theme;
    if (this.data && sameData(this.data, data) && this.theme === theme) return;
    [this.data, this.theme] = [data, theme];
    document.documentElement.lang = data.lang === "zh" ? "zh-CN" : "en";
    const t = data.texts;
    const pages = data.pages.map((page) =>
      h("button", { class: "page", "aria-current": page === data.here ? "page" : null, onclick: () => setTriggerValue("go", page) }, t[`page.${page}`]));
    const languages = ["zh", "en"].map((lang) =>
      h("button", { lang: lang === "zh" ? "zh-CN" : "en", "aria-pressed": String(lang === data.lang), onclick: () => this.language(lang, setTriggerValue) }, t[`lang.${lang}`]));
    const dark = theme === "dark";
    this.root.replaceChildren(h("header", { class: `bar ${data.lang}` },
      h("span", { class: "brand" }, h("span", { class: "logo", "aria-hidden": "true" }, icon("wave")), t.brand),
      h("nav", { "aria-label": t.pages }, pages),
      h("span", { class: "space" }),
      h("div", { class: "languages", role: "group", "aria-label": t.language }, languages),
      h("button", { class: "theme", "aria-label": t[dark ? "to_light" : "to_dark"], title: t[dark ? "to_light" : "to_dark"], onclick: () => this.turn(dark ? "Light" : "Dark") },
        icon(dark ? "sun" : "moon")),
      data.account ? h("span", { class: "account" }, data.account.name) : null,
      data.account ? h("a", { class: "out", href: "/logout" }, data.account.out) : null));
  }

  language(lang, setTriggerValue) {
    document.cookie = `coach_lang=${lang}; path=/; max-age=31536000; SameSite=Strict`;
    setTriggerValue("language", lang);
  }

  // Streamlit keeps the choice by address and reads it when a page is loaded.
  turn(theme) {
    const base = new URL(".", document.baseURI).pathname;
    for (const page of ["", ...this.data.paths]) {
      localStorage.setItem(`stActiveTheme-${base}${page}-v2`, JSON.stringify(theme));
    }
    location.reload();
  }
}

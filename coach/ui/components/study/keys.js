// Space plays, arrows skip, and a panel may take keys of its own.

export function watchKeys(study) {
  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !study.data || isTyping(event)) return;
    const act = actionOf(study, event);
    if (!act) return;
    event.preventDefault();
    act();
  };
  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
}

function actionOf({ sound, data, panel }, event) {
  const target = event.composedPath()[0];
  const onButton = target.closest?.("button, summary, a, select, input");
  const onChoice = target.closest?.("[role=radiogroup], input[type=radio]");
  if (event.key === " ") return data.sound && !onButton ? () => sound.toggle() : null;
  if (event.key === "ArrowLeft" && !onChoice) return data.sound ? () => sound.skip(-5) : null;
  if (event.key === "ArrowRight" && !onChoice) return data.sound ? () => sound.skip(5) : null;
  return panel?.key?.(event.key) ?? null;
}

function isTyping(event) {
  const target = event.composedPath()[0];
  const typed = target.tagName === "TEXTAREA" || target.tagName === "SELECT" || (target.tagName === "INPUT" && !["radio", "checkbox"].includes(target.type));
  return target.isContentEditable || typed;
}

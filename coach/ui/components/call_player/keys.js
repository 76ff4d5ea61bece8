// The keyboard of the review, wherever the focus is, except where keys have another meaning.

export function watchKeys(screen) {
  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !screen.data || isTyping(event)) return;
    const act = actionOf(screen, event);
    if (!act) return;
    event.preventDefault();
    act();
  };
  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
}

function actionOf(screen, event) {
  const { sound, data } = screen;
  const onButton = event.composedPath()[0].closest?.("button, summary, a, select");
  switch (event.key) {
    case "j": case "J": return () => screen.step(1);
    case "k": case "K": return () => screen.step(-1);
    case "n": case "N": return data.next ? () => screen.trigger("next", true) : null;
    case " ": return data.sound && !onButton ? () => sound.toggle() : null;
    case "ArrowLeft": return data.sound ? () => sound.skip(-5) : null;
    case "ArrowRight": return data.sound ? () => sound.skip(5) : null;
    default: return null;
  }
}

function isTyping(event) {
  const target = event.composedPath()[0];
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

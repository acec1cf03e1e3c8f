// The theme of the page: what was chosen here before, else what the system asks for. Set before anything is drawn.
(() => {
  const KEY = "tundish-theme";
  const system = matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      const kept = localStorage.getItem(KEY);
      return kept === "light" || kept === "dark" ? kept : "system";
    } catch {
      return "system"; // a browser that keeps nothing
    }
  }

  function apply(choice) {
    const theme = choice === "system" ? (system.matches ? "dark" : "light") : choice;
    const before = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = theme;
    // Charts are painted: their options come anew, and take their colours from the style sheet as it is now.
    if (before && before !== theme && window.socket) emitEvent("theme");
  }

  window.shade = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  window.showTheme = () => {
    for (const choice of document.querySelectorAll("select.theme")) choice.value = chosen();
  };
  document.addEventListener("change", (event) => {
    if (!event.target.matches("select.theme")) return;
    try {
      localStorage.setItem(KEY, event.target.value);
    } catch {
      // it holds until the page is left
    }
    apply(event.target.value);
  });
  addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    apply(chosen());
    showTheme();
  });
  system.addEventListener("change", () => apply(chosen()));
  apply(chosen());
})();

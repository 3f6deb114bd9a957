/** The button for dark and light colours; the choice is remembered where it differs from the system's. */

const system = matchMedia("(prefers-color-scheme: dark)");
const page = document.documentElement;

/** Whether the page is dark now. */
export function isDark(): boolean {
  const chosen = page.dataset["theme"];
  return chosen === undefined ? system.matches : chosen === "dark";
}

/** Let a button turn the colours. Whoever draws by itself hears of it by the event `themechange`. */
export function turnColours(button: HTMLElement): void {
  const show = (): void => button.setAttribute("aria-pressed", String(isDark()));
  button.addEventListener("click", () => {
    choose(isDark() ? "light" : "dark");
    show();
  });
  system.addEventListener("change", () => {
    show();
    tell();
  });
  show();
}

function choose(theme: "light" | "dark"): void {
  const asTheSystem = (theme === "dark") === system.matches;
  if (asTheSystem) delete page.dataset["theme"];
  else page.dataset["theme"] = theme;
  remember(asTheSystem ? undefined : theme);
  tell();
}

function remember(theme: string | undefined): void {
  try {
    if (theme === undefined) localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // Where storage is forbidden the choice holds for this page.
  }
}

function tell(): void {
  document.dispatchEvent(new CustomEvent("themechange"));
}

/** The button that opens the navigation on a narrow screen. */

export function openMenu(button: HTMLElement): void {
  const set = (open: boolean): void => button.setAttribute("aria-expanded", String(open));
  button.addEventListener("click", () => set(button.getAttribute("aria-expanded") !== "true"));
  button.closest("header")?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || button.getAttribute("aria-expanded") !== "true") return;
    set(false);
    button.focus();
  });
}

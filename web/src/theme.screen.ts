/**
 * The colours that the reader chose, before anything is drawn; and that there are scripts at all.
 *
 * Every page loads this in its head as a plain script, so it imports nothing.
 */
{
  const page = document.documentElement;
  page.dataset["scripts"] = "";
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "dark" || chosen === "light") page.dataset["theme"] = chosen;
  } catch {
    // Where storage is forbidden the system's choice holds.
  }
}

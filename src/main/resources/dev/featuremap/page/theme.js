"use strict";
/* Light or dark: as the system says until the button is pressed, and on paper always light. */
(() => {
  const root = document.documentElement;
  const button = document.getElementById("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  // A page from a file may be refused its storage: the choice then holds until the page is left.
  const remember = (theme) => { try { localStorage.setItem("featuremap-theme", theme); } catch (e) { /* not kept */ } };
  const remembered = () => { try { return localStorage.getItem("featuremap-theme"); } catch (e) { return null; } };
  const show = () => { button.textContent = isDark() ? button.dataset.light : button.dataset.dark; };

  if (remembered()) root.dataset.theme = remembered();
  show();
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember(root.dataset.theme);
    show();
  });
  system.addEventListener("change", show);

  let before;
  addEventListener("beforeprint", () => {
    before = root.dataset.theme;
    root.dataset.theme = "light";
    for (const details of document.querySelectorAll("details.print")) details.open = true;
  });
  addEventListener("afterprint", () => {
    if (before) root.dataset.theme = before; else delete root.dataset.theme;
  });
})();

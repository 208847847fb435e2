// Makes the widget manager and the theme work together offline. Loaded first on every page.

// Otherwise the theme's Font Awesome replaces elements that a widget still holds; the widget then throws, and the
// link between slider and pictures is never made.
window.FontAwesomeConfig = { autoReplaceSvg: "nest" };

// The widget manager calls MathJax 2; the pages carry MathJax 3.
window.addEventListener("load", () => {
  if (!window.MathJax || MathJax.Hub) return;
  const typeset = (command) => MathJax.startup.promise.then(() => MathJax.typesetPromise([command[2]]));
  MathJax.Hub = { Queue: typeset };
});

// Widgets come without names for those who do not see them, and a picture that changes is not announced.
function nameWidgets() {
  document.querySelectorAll(".widget-slider").forEach((slider) => {
    const label = slider.querySelector(".widget-label");
    const readout = slider.querySelector(".widget-readout");
    const handle = slider.querySelector(".noUi-handle");
    if (!handle) return;
    if (label && !handle.hasAttribute("aria-label")) handle.setAttribute("aria-label", label.textContent || "value");
    if (readout && handle.getAttribute("aria-valuetext") !== readout.textContent)
      handle.setAttribute("aria-valuetext", readout.textContent);
  });
}

// The theme's side bar opens its branches with a bare arrow.
function nameBranches() {
  document.querySelectorAll(".bd-links li.has-children").forEach((branch) => {
    const arrow = branch.querySelector(":scope > details > summary");
    const link = branch.querySelector(":scope > a");
    if (arrow && link) arrow.setAttribute("aria-label", `Pages of ${link.textContent.trim()}`);
  });
}

// Boxes that scroll sideways must be reachable by the keyboard.
function openScrollers() {
  document.querySelectorAll("div.highlight pre, .math.notranslate, .pst-scrollable-table-container").forEach((box) => {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  });
}

window.addEventListener("load", () => {
  const watch = { childList: true, subtree: true, characterData: true };
  new MutationObserver(nameWidgets).observe(document.body, watch);
  nameWidgets();
  nameBranches();
  openScrollers();
  window.addEventListener("resize", openScrollers);
});

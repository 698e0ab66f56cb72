import { byId } from "./elements.js";
import { atRest, toFragment } from "./state.js";
import { say } from "./words.js";

/**
 * The page's buttons, sliders, boxes and links: what each does to the page.
 *
 * @param {object} page what {@link openPage} returns
 * @returns {function()} shows the state in them
 */
export function makeControls(page) {
  const on = (id, type, listener) => byId(id)?.addEventListener(type, listener);
  const sliders = [...document.querySelectorAll("#sliders input")];
  const runs = [...document.querySelectorAll("input[name=run]")];

  function changeRubber() {
    const rubber = byId("rubber").getAttribute("aria-pressed") !== "true";
    page.useRubber(rubber);
    byId("rubber").setAttribute("aria-pressed", String(rubber));
  }

  on("rubber", "click", changeRubber);
  on("paper", "rubber", changeRubber);
  on("undo", "click", page.undo);
  on("clear", "click", page.clear);
  for (const slider of sliders) {
    slider.addEventListener("input", () => page.change({ sliders: { ...page.state().sliders, [slider.name]: Number(slider.value) } }));
  }
  on("rest", "click", () => page.change({ sliders: { ...atRest } }));
  on("fit", "change", (event) => page.change({ fit: event.target.checked }));
  on("order", "change", (event) => page.change({ order: event.target.value }));
  on("epoch", "input", (event) => {
    const epoch = page.epochs[event.target.value];
    page.change({ epoch: epoch === page.epochAtEnd() ? null : epoch });
  });
  on("occlusion", "change", page.show);
  on("reset", "click", page.unchange);
  on("close", "click", () => page.change({ cell: null }));
  for (const run of runs) run.addEventListener("change", () => page.change({ run: Number(run.value), cell: null }));

  on("file", "change", (event) => event.target.files[0] && page.open(event.target.files[0]));
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files[0]) page.open(event.dataTransfer.files[0]);
  });

  on("share", "click", async () => {
    const link = page.link();
    try {
      await navigator.clipboard.writeText(link);
      byId("shared").textContent = say("The link is copied.", "链接已复制。");
    } catch {
      byId("shared").textContent = say("The address of this page is the link.", "本页地址即为链接。");
    }
  });
  for (const link of document.querySelectorAll(".masthead a[hreflang]")) {
    link.addEventListener("click", () => (link.hash = toFragment(page.state())));
  }
  addEventListener("hashchange", page.restore);

  on("theme", "click", page.show);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", page.show);
  addEventListener("beforeprint", page.show);
  addEventListener("afterprint", page.show);

  return () => {
    const state = page.state();
    for (const slider of sliders) {
      if (Number(slider.value) !== state.sliders[slider.name]) slider.value = state.sliders[slider.name];
      slider.nextElementSibling.textContent = slider.value.replace("-", "−");
    }
    if (byId("fit")) byId("fit").checked = state.fit;
    byId("order").value = state.order;
    if (byId("rounded")) byId("rounded").hidden = state.epoch === null;
    if (byId("epoch")) {
      const epoch = state.epoch ?? page.epochAtEnd();
      byId("epoch").value = page.epochs.indexOf(epoch);
      byId("epoch-told").textContent = epoch === 0 ? say("before training", "训练之前") : say(`after epoch ${epoch}`, `第 ${epoch} 轮之后`);
      byId("epoch").setAttribute("aria-valuetext", byId("epoch-told").textContent);
    }
    for (const run of runs) run.checked = Number(run.value) === state.run;
  };
}

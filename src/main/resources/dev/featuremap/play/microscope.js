import { byId, element } from "./elements.js";
import { cellName } from "./layers.js";
import { sizeOf } from "./network.js";
import { figure, layerName, mapName, say } from "./words.js";
import { work } from "./workings.js";

/**
 * The microscope: how the number of one cell comes about, and what can be changed about it.
 *
 * @param {object} tell {weight(place, value), switchOff(layer, map), keepOnly(layer, map), reset(), close()}
 */
export function makeMicroscope(tell) {
  const body = byId("working");
  const title = byId("cell");
  let [channel, channelOf, last] = [null, "", null];

  /**
   * @param {import("./network.js").Network} network as it is changed
   * @param {Float32Array[]} all the picture, then each layer's numbers
   * @param {object|null} cell
   * @param {import("./changes.js").Changes} changes
   * @returns {object|null} the windows to light up in what lies before
   */
  function show(network, all, cell, changes) {
    last = () => show(network, all, cell, changes);
    const focused = document.activeElement?.dataset?.key;
    if (!cell) {
      title.textContent = say("Point at any cell of any map, tap it, or walk there by keys.", "指向任意特征图的任意一格，点按它，或用方向键走到那里。");
      body.replaceChildren();
      return null;
    }
    if (cell.layer < 0) {
      const [, height, width] = network.input;
      const value = all[0][(cell.map * height + cell.row) * width + cell.column];
      title.textContent = say(`The picture: row ${cell.row}, column ${cell.column} is ${figure(value)}`, `图片：第 ${cell.row} 行第 ${cell.column} 列为 ${figure(value)}`);
      body.replaceChildren();
      return null;
    }
    const owner = `${cell.layer}/${cell.map}`;
    if (owner !== channelOf) [channel, channelOf] = [null, owner];
    const layer = network.layers[cell.layer];
    const working = work(network, all, cell, channel, {
      weight: tell.weight,
      channel: (wanted) => {
        channel = wanted;
        last();
      },
    });
    const isOff = (changes.off[cell.layer] ?? []).includes(cell.map);
    title.textContent = `${layerName(layer, cell.layer)}, ${cellName(layer, cell)}: ${figure(isOff ? 0 : working.value)}`;
    body.replaceChildren(...working.nodes, ...(isOff ? [off()] : []), buttons(network, layer, cell, isOff));
    if (focused) body.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    return working.windows;
  }

  function buttons(network, layer, cell, isOff) {
    if (cell.layer === network.layers.length - 1) return "";
    const name = mapName(layer, cell.map);
    const button = (text, key, click) => element("button", { type: "button", "data-key": key, click }, text);
    return element(
      "p.tools",
      {},
      button(isOff ? say(`Switch ${name} on`, `打开${name}`) : say(`Switch ${name} off`, `关闭${name}`), "off", () => tell.switchOff(cell.layer, cell.map)),
      sizeOf(layer.out) > 1 && layer.out[0] > 1 ? button(say("Keep only this one", "只保留这一个"), "only", () => tell.keepOnly(cell.layer, cell.map, layer.out[0])) : "",
    );
  }

  const off = () => element("p.note", {}, say("It is switched off: it counts as 0.", "它已关闭：按 0 计算。"));

  return { show };
}

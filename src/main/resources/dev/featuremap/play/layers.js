import { element } from "./elements.js";
import { sizeOf } from "./network.js";
import { makeTiles } from "./tiles.js";
import { layerName, mapName, percent, say } from "./words.js";

/** A column: a layer's name, shape and tiles; small ones of dropout, which changes nothing when a network answers. */
export function makeColumn(layer, index, pointed) {
  const shape = layer.out.join("×");
  const label = say(
    `${layerName(layer, index)}, ${shape}: arrow keys walk the cells, Page Up and Page Down the maps`,
    `${layerName(layer, index)}，${shape}：方向键逐格移动，PageUp 和 PageDown 换特征图`,
  );
  const tiles = makeTiles(layer.out, label, layer.kind === "dropout" ? 1 : 0, pointed);
  const node = element(
    "figure.column",
    {},
    element("figcaption", {}, element("strong", {}, layerName(layer, index)), element("span", {}, sizeTold(layer)), element("span", {}, functionTold(layer))),
    tiles.canvas,
  );
  return { ...tiles, node };
}

function sizeTold({ out: [maps, height, width] }) {
  if (!height) return say(maps === 1 ? "1 unit" : `${maps} units`, `${maps} 个单元`);
  return say(`${maps} ${maps === 1 ? "map" : "maps"} of ${height}×${width}`, `${maps} 张 ${height}×${width} 特征图`);
}

function functionTold(layer) {
  if (layer.pooling) return say(`${layer.pooling} pooling`, layer.pooling);
  if (layer.kind === "dropout") return percent(layer.rate, 0);
  const { activation } = layer.pointwise ?? layer;
  return activation === "identity" ? "" : activation ?? "";
}

/** What a cell is called. */
export function cellName(layer, { map, row, column }) {
  if (sizeOf(layer.out) === layer.out[0]) return mapName(layer, map);
  return say(`${mapName(layer, map)}, row ${row}, column ${column}`, `${mapName(layer, map)}，第 ${row} 行，第 ${column} 列`);
}

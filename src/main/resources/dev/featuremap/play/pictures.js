import { element } from "./elements.js";
import { say } from "./words.js";

/**
 * The pictures of the page: each one's levels 0..255, and a button that shows it.
 *
 * @param {{names: string[], labels: string[]}} told
 * @param {Uint8Array} levels of all
 * @param {number[]} shape [channels, height, width]
 */
export function makePictures(told, levels, [channels, height, width]) {
  const size = channels * height * width;
  const levelsOf = (index) => levels.subarray(index * size, (index + 1) * size);

  /** A button with a picture, and what stands below it. */
  function thumbnail(index, below, choose) {
    const canvas = element("canvas", { "aria-hidden": "true" });
    Object.assign(canvas, { width, height });
    const image = new ImageData(width, height);
    const own = levelsOf(index);
    for (let i = 0; i < width * height; i++) {
      for (let c = 0; c < 3; c++) image.data[4 * i + c] = own[(channels === 3 ? c : 0) * width * height + i];
      image.data[4 * i + 3] = 255;
    }
    canvas.getContext("2d").putImageData(image, 0, 0);
    const label = say(`test picture ${told.names[index]}, a ${told.labels[index]}`, `测试图片 ${told.names[index]}，${told.labels[index]}`);
    return element("button.thumbnail", { type: "button", "aria-label": label, title: label, click: () => choose(index) }, canvas, below);
  }

  return { levelsOf, thumbnail, labelOf: (index) => told.labels[index], nameOf: (index) => told.names[index], count: told.names.length };
}

/**
 * A picture file as the network's levels: made to fit, on white where it is transparent, and with light and dark exchanged where its
 * border is of the other kind than the training pictures'.
 *
 * @throws {Error} when the browser cannot read it
 */
export async function readPicture(file, { shape, greyWeights, darkGround }) {
  const [channels, height, width] = shape;
  const bitmap = await createImageBitmap(file, { resizeWidth: width, resizeHeight: height, resizeQuality: "high" });
  const pen = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.drawImage(bitmap, 0, 0, width, height);
  const { data } = pen.getImageData(0, 0, width, height);
  const levels = new Uint8Array(channels * height * width);
  for (let i = 0; i < height * width; i++) {
    const [red, green, blue] = data.subarray(4 * i, 4 * i + 3);
    if (channels === 3) [red, green, blue].forEach((level, c) => (levels[c * height * width + i] = level));
    else levels[i] = Math.round(greyWeights[0] * red + greyWeights[1] * green + greyWeights[2] * blue);
  }
  return channels === 1 && hasDarkBorder(levels, height, width) !== darkGround ? levels.map((level) => 255 - level) : levels;
}

/** Whether the mean of the border is nearer to the darkest pixel than to the lightest. */
function hasDarkBorder(levels, height, width) {
  const border = levels.filter((_, i) => i < width || i >= width * (height - 1) || i % width === 0 || i % width === width - 1);
  const mean = border.reduce((sum, level) => sum + level, 0) / border.length;
  const darkest = levels.reduce((a, b) => Math.min(a, b));
  const lightest = levels.reduce((a, b) => Math.max(a, b));
  return mean - darkest <= lightest - mean;
}

import { fitted } from "./fitting.js";

/** About how many pixels the paper has across; a whole number of them to each pixel of the network's picture. */
const ACROSS = 280;

/**
 * @typedef {{rubber: boolean, points: number[]}} Stroke points: x, y, x, y … in shares of the paper's sides
 * @typedef {{shift: number, drop: number, turn: number, size: number, thickness: number, noise: number}} Sliders shift and drop in
 *   the network's pixels, turn in degrees, size as a factor, thickness −1..1, noise 0..1
 */

/** What is drawn on, and how it becomes the network's picture. */
export function makePaper({ shape, scaling, darkGround, greyWeights }) {
  const [channels, height, width] = shape;
  const zoom = Math.max(1, Math.round(ACROSS / Math.max(width, height)));
  const [paper, turned] = [0, 1].map(() => canvasOf(width * zoom, height * zoom));
  const small = canvasOf(width, height);
  const [ink, ground] = darkGround ? ["#fff", "#000"] : ["#000", "#fff"];
  const groundLevel = darkGround ? 0 : 255;

  /** Draws a picture of levels, if any, and the strokes on it. */
  function draw(levels, strokes) {
    fill(paper);
    if (levels) {
      small.putImageData(imageOf(levels), 0, 0);
      paper.imageSmoothingEnabled = false;
      paper.drawImage(small.canvas, 0, 0, paper.canvas.width, paper.canvas.height);
    }
    for (const { rubber, points } of strokes) {
      paper.lineWidth = paper.canvas.width * (rubber ? 0.15 : 2.4 / 28);
      paper.strokeStyle = rubber ? ground : ink;
      paper.lineCap = paper.lineJoin = "round";
      paper.beginPath();
      const at = (i) => [points[i] * paper.canvas.width, points[i + 1] * paper.canvas.height];
      paper.moveTo(...at(0));
      // A point alone is a dot.
      for (let i = Math.min(2, points.length - 2); i < points.length; i += 2) paper.lineTo(...at(i));
      paper.stroke();
    }
  }

  /**
   * The levels 0..255, [channels, height, width], of what is drawn, fitted and changed by the sliders.
   *
   * @param {Uint8Array|null} exact the levels of a picture that nothing is drawn on
   * @param {boolean} fit grey pictures as MNIST's, of which there are no others
   * @param {Sliders} sliders
   */
  function levels(exact, fit, sliders) {
    const moved = sliders.shift || sliders.drop || sliders.turn || sliders.size !== 1;
    const own = (fit && channels === 1 && fittedDrawing()) || exact;
    let result;
    if (own && !moved) {
      result = Float32Array.from(own);
    } else {
      fill(turned);
      turned.save();
      turned.translate(width * zoom * 0.5 + sliders.shift * zoom, height * zoom * 0.5 + sliders.drop * zoom);
      turned.rotate((sliders.turn * Math.PI) / 180);
      turned.scale(sliders.size, sliders.size);
      turned.translate(-width * zoom * 0.5, -height * zoom * 0.5);
      if (own) small.putImageData(imageOf(own), 0, 0);
      turned.imageSmoothingEnabled = !own;
      turned.drawImage((own ? small : paper).canvas, 0, 0, width * zoom, height * zoom);
      turned.restore();
      result = averages(turned);
    }
    if (sliders.thickness) result = thickened(result, sliders.thickness);
    if (sliders.noise) addNoise(result, sliders.noise);
    return Uint8Array.from(result, (level) => Math.max(0, Math.min(255, Math.round(level))));
  }

  function fill(to) {
    to.fillStyle = ground;
    to.fillRect(0, 0, to.canvas.width, to.canvas.height);
  }

  function imageOf(levels) {
    const image = new ImageData(width, height);
    for (let i = 0; i < width * height; i++) {
      for (let c = 0; c < 3; c++) image.data[4 * i + c] = levels[(channels === 3 ? c : 0) * width * height + i];
      image.data[4 * i + 3] = 255;
    }
    return image;
  }

  /** What is drawn, fitted as MNIST's digits were; null without ink. */
  function fittedDrawing() {
    const { data } = paper.getImageData(0, 0, paper.canvas.width, paper.canvas.height);
    const light = new Uint8Array(data.length / 4);
    for (let i = 0; i < light.length; i++) light[i] = Math.abs(data[4 * i + 1] - groundLevel);
    const one = fitted(light, [paper.canvas.height, paper.canvas.width], [height, width]);
    return one && one.map((level) => Math.abs(level - groundLevel));
  }

  /** Each pixel of the network's picture as the mean of the paper's below it. */
  function averages(from) {
    const { data } = from.getImageData(0, 0, width * zoom, height * zoom);
    const result = new Float32Array(channels * height * width);
    for (let y = 0; y < height * zoom; y++) {
      for (let x = 0; x < width * zoom; x++) {
        const pixel = 4 * (y * width * zoom + x);
        const at = Math.floor(y / zoom) * width + Math.floor(x / zoom);
        if (channels === 3) for (let c = 0; c < 3; c++) result[c * height * width + at] += data[pixel + c];
        else result[at] += greyWeights[0] * data[pixel] + greyWeights[1] * data[pixel + 1] + greyWeights[2] * data[pixel + 2];
      }
    }
    return result.map((sum) => sum / (zoom * zoom));
  }

  /** Mixed with the strongest, or weakest, ink around each pixel. */
  function thickened(from, amount) {
    const strongest = amount > 0 === darkGround ? Math.max : Math.min;
    return from.map((level, i) => {
      const x = i % width;
      const y = Math.floor(i / width) % height;
      let found = level;
      for (const [dx, dy] of [[-1, 0], [1, 0], [0, -1], [0, 1]]) {
        const within = x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height;
        found = strongest(found, within ? from[i + dy * width + dx] : groundLevel);
      }
      return level + Math.abs(amount) * (found - level);
    });
  }

  /** The same noise for the same picture: it depends on nothing but the pixel. */
  function addNoise(to, amount) {
    for (let i = 0; i < to.length; i++) {
      const drawn = Math.sin(12.9898 * (i + 1)) * 43758.5453;
      to[i] += amount * 255 * 2 * (drawn - Math.floor(drawn) - 0.5);
    }
  }

  /** As the network takes them. */
  const scaled = (levels) => Float32Array.from(levels, (level) => level / scaling.divisor + scaling.offset);

  return { canvas: paper.canvas, draw, levels, scaled };
}

function canvasOf(width, height) {
  return Object.assign(document.createElement("canvas"), { width, height }).getContext("2d", { willReadFrequently: true });
}

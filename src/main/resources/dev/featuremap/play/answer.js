import { byId, element } from "./elements.js";
import { isAnswer, largestAt } from "./network.js";
import { figure, isConvolution, mapName, percent, say } from "./words.js";

const MOST_BARS = 12;

/**
 * What the networks answer, as bars and in a sentence.
 *
 * @param {string[]} classes empty where the one output is a value
 * @param {string[]} names of the runs
 */
export function makeAnswer(classes, names) {
  const said = byId("said");
  const bars = byId("bars");

  /** An output as a share, where all are 0..1, else as a number. */
  const told = (output, value) => (output.every((one) => one >= 0 && one <= 1) ? percent(value) : figure(value));

  /** What a network says, such as 7 with its output. */
  function answerOf(output) {
    if (!isAnswer(output)) return { name: "–", output: say("no answer", "没有答案") };
    if (!classes.length) return { name: figure(output[0]), output: "" };
    const best = largestAt(output);
    return { name: classes[best], output: told(output, output[best]) };
  }

  function show(outputs, blank) {
    said.replaceChildren(
      ...outputs.map((output, i) => {
        const { name, output: share } = answerOf(output);
        return element(
          "p.says",
          {},
          ...(names.length > 1 ? [element("span.overline", {}, names[i])] : []),
          element("strong", {}, blank ? "–" : name),
          " ",
          element("span", {}, blank ? "" : share),
        );
      }),
      ...(blank ? [element("p.note", {}, say("Draw, or choose a picture: the network answers at once.", "画一画，或选一张图片：网络会立刻回答。"))] : []),
    );
    if (blank || !classes.length || !outputs.every(isAnswer)) return bars.replaceChildren();
    const places = classes.map((_, i) => i);
    const most = (i) => Math.max(...outputs.map((output) => output[i]));
    const shown = places.length > MOST_BARS ? places.sort((a, b) => most(b) - most(a)).slice(0, MOST_BARS) : places;
    const largest = Math.max(1e-9, ...outputs.flatMap((output) => shown.map((i) => Math.abs(output[i]))));
    const scale = outputs.every((output) => output.every((one) => one >= 0 && one <= 1)) ? 1 : largest;
    bars.replaceChildren(
      ...shown.map((i) =>
        element(
          "li",
          {},
          element("span.class", { title: classes[i] }, classes[i]),
          element(
            "span.tracks",
            {},
            ...outputs.map((output, k) =>
              element(`span.bar.run-${k}${largestAt(output) === i ? ".best" : ""}`, { style: { "--share": Math.max(0, output[i]) / scale } }),
            ),
          ),
          element("span.n", {}, ...outputs.map((output) => element("span", {}, told(output, output[i])))),
          ...(outputs.length === 2 ? [element("span.n.soft", {}, difference(outputs[0], outputs[1], i))] : []),
        ),
      ),
    );
  }

  /** By how much the second's output is larger, in points of a percent where both are shares. */
  function difference(first, second, i) {
    const by = second[i] - first[i];
    const text = [first, second].every((output) => output.every((one) => one >= 0 && one <= 1)) ? (100 * by).toFixed(1) : figure(by);
    return Number(text) === 0 ? "±0" : (by > 0 ? "+" : "") + text.replace("-", "−");
  }

  /**
   * One sentence: the answer, the next best, and the first filter without which it would be another.
   *
   * @param {Float32Array} output
   * @param {{says: (Int32Array|null)[], falls: (Float32Array|null)[]}} found what the worker found out
   */
  function sentence(output, found, layers) {
    if (!isAnswer(output)) return say("The network gives no answer: its numbers have grown too large for float32.", "网络没有给出答案：它的数大得超出了 float32。");
    if (!classes.length) return say(`The value is ${figure(output[0])}.`, `数值为 ${figure(output[0])}。`);
    const { name, output: share } = answerOf(output);
    const best = largestAt(output);
    const second = classes.map((_, i) => i).filter((i) => i !== best).reduce((a, b) => (output[b] > output[a] ? b : a), best === 0 ? 1 : 0);
    const next = classes.length > 1 ? say(` Next: ${classes[second]}.`, `其次：${classes[second]}。`) : "";
    return say(`${name}, ${share}.`, `${name}，${share}。`) + next + without(found, best, layers);
  }

  function without({ says, falls }, best, layers) {
    for (const [i, answers] of says.entries()) {
      if (!answers || !isConvolution(layers[i])) continue;
      const deciding = [...answers.keys()].filter((map) => answers[map] !== best).sort((a, b) => falls[i][b] - falls[i][a])[0];
      if (deciding !== undefined) {
        const filter = `${mapName(layers[i], deciding)}`;
        const other = classes[answers[deciding]];
        return say(` Without ${filter} of layer ${i} it would say ${other}.`, `如果没有第 ${i} 层的${filter}，答案会是 ${other}。`);
      }
    }
    return says.some((answers, i) => answers && isConvolution(layers[i]))
      ? say(" No single filter decides this: without any one of them it would say the same.", "没有哪一个卷积核单独起决定作用：去掉任何一个，答案都不变。")
      : "";
  }

  return { show, sentence };
}

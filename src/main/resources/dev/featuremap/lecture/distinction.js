import { say } from "../play/words.js";
import { ninthsOf } from "./feature-map.js";

/**
 * How strongly each filter answers two pictures.
 *
 * @param {number[][]} pictures two, [size, size]
 * @param {number} size
 * @param {{shape: string, weights: number[]}[]} filters
 * @returns {{shape: string, here: number, there: number}[]} the largest answer to each picture, in ninths
 */
export function distinctions(pictures, size, filters) {
  return filters.map(({ shape, weights }) => {
    const [here, there] = pictures.map((picture) => Math.max(...ninthsOf(picture, size, weights)));
    return { shape, here, there };
  });
}

const gap = (one) => Math.abs(one.here - one.there);
const widestGap = (found) => Math.max(...found.map(gap));

/** The place of the filter, the first of them, that tells the pictures apart best. */
export const best = (found) => found.findIndex((one) => gap(one) === widestGap(found));

/** Which filter tells the pictures apart, in a sentence. */
export function conclusion(found, here, there) {
  const widest = widestGap(found);
  const told = (list) => list.map(answers).join(say("; ", "；"));
  function answers({ shape, here: one, there: other }) {
    return one === other
      ? say(`${shape} answers ${one}/9 to both`, `${shape} 对两者的最大响应都是 ${one}/9`)
      : say(`${shape} answers up to ${one}/9 to ${here}, but up to ${other}/9 to ${there}`, `${shape} 对 ${here} 的最大响应是 ${one}/9，对 ${there} 是 ${other}/9`);
  }
  if (widest === 0) return say(`No filter tells ${here} from ${there}: ${told(found)}.`, `没有哪个卷积核能区分 ${here} 与 ${there}：${told(found)}。`);
  const telling = found.filter((one) => gap(one) === widest);
  const names = telling.map((one) => one.shape).join(say(" and ", " 和 "));
  return (
    say(`The filter ${names} tells ${here} from ${there}: `, `区分 ${here} 与 ${there} 的是卷积核 ${names}：`) +
    told([...telling, ...found.filter((one) => gap(one) < widest)]) +
    say(".", "。")
  );
}

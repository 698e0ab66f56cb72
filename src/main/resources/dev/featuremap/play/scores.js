import { byId, element } from "./elements.js";
import { figure, percent, say } from "./words.js";

/** At most so many pictures are listed on which two networks disagree. */
const MOST = 24;

/**
 * How many test pictures each network gets right, in a line a network.
 *
 * @param {Float32Array[]} answers of each network to each picture, its class or value
 * @param {string[]} labels of the pictures, and perhaps more
 * @param {string[]} classes
 * @param {Float32Array[]|null} before the same of the networks without changes
 * @param {string[]} names of the runs
 */
function scoreLines(answers, labels, classes, before, names) {
  return answers.map((own, i) => {
    const measured = score(own, labels, classes);
    const text = classes.length
      ? say(`${percent(measured)} of ${own.length} test pictures right`, `${own.length} 张测试图片中答对 ${percent(measured)}`)
      : !Number.isFinite(measured) ? say(`no answer to some of ${own.length} test pictures`, `${own.length} 张测试图片中有些没有答案`)
      : say(`mean error ${figure(measured)} on ${own.length} test pictures`, `${own.length} 张测试图片的平均误差 ${figure(measured)}`);
    const unchanged = before && score(before[i], labels, classes);
    const was = before && unchanged !== measured ? say(` (unchanged: ${classes.length ? percent(unchanged) : figure(unchanged)})`, `（未修改时：${classes.length ? percent(unchanged) : figure(unchanged)}）`) : "";
    return element("p", {}, (names.length > 1 ? `${names[i]}: ` : "") + text + was);
  });
}

function score(answers, labels, classes) {
  let sum = 0;
  answers.forEach((answer, i) => (sum += classes.length ? Number(classes[answer] === labels[i]) : Math.abs(answer - Number(labels[i]))));
  return sum / answers.length;
}

/** The test pictures to which two networks give different classes, by their places. */
function disagreements(answers) {
  return Array.from(answers[0].keys()).filter((i) => !Object.is(answers[0][i], answers[1][i])).slice(0, MOST);
}

/**
 * The lines of scores, and the test pictures on which two runs disagree.
 *
 * @param {{data: object, names: string[], pictures: object}} given
 * @param {function(number)} choose is told the picture that is clicked
 */
export function makeScores({ data, names, pictures }, choose) {
  let unchanged = null;

  /** @param {Float32Array[]} answers of each network to each test picture */
  function show(answers, isChanged) {
    if (!isChanged) unchanged = answers;
    byId("scores").replaceChildren(...scoreLines(answers, data.pictures.labels, data.classes, unchanged, names));
    if (names.length < 2 || !data.classes.length) return;
    const different = disagreements(answers);
    byId("disagreements").replaceChildren(
      ...different.map((i) => pictures.thumbnail(i, answers.map((own) => data.classes[own[i]] ?? "–").join(" / "), choose)),
    );
    byId("disagreement-count").textContent = different.length
      ? say("They disagree on these test pictures", "它们在这些测试图片上答案不同")
      : say("They agree on all test pictures here", "它们在这里的所有测试图片上答案相同");
  }

  /** Says that they are being counted: what stood there was of other networks. */
  function wait() {
    byId("scores").replaceChildren(element("p", {}, say(`Counting how many of ${data.tests} test pictures are right …`, `正在统计 ${data.tests} 张测试图片中答对多少……`)));
    byId("disagreement-count")?.replaceChildren();
    byId("disagreements")?.replaceChildren();
  }

  /** Forgets what the networks scored without changes: they are others now. */
  const forget = () => (unchanged = null);

  return { show, wait, forget };
}

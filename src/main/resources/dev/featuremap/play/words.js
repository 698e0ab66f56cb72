/** The wording of the page's language; both stand side by side, so none can lag behind. */
export function say(english, chinese) {
  return document.documentElement.lang.startsWith("zh") ? chinese : english;
}

/** What a layer is called, seen and read. */
export function layerName(layer, index) {
  const chinese = {
    convolution: "卷积层",
    depthwiseConvolution: "逐通道卷积层",
    separableConvolution: "可分离卷积层",
    subsampling: "池化层",
    globalPooling: "全局池化层",
    zeroPadding: "零填充层",
    dense: "全连接层",
    output: "输出层",
    dropout: "丢弃层",
    batchNormalization: "批归一化层",
    localResponseNormalization: "局部响应归一化层",
    activation: "激活层",
    prelu: "PReLU 层",
  };
  const name = layer.groups > 1 ? "depthwiseConvolution" : layer.kind;
  return say(`layer ${index}, ${name}`, `第 ${index} 层，${chinese[name]}`);
}

/** Whether a layer's maps are those of filters. */
export const isConvolution = ({ kind }) => kind === "convolution" || kind === "separableConvolution";

/** What one of a layer's maps or units is called, such as filter 3. */
export function mapName(layer, map) {
  if (layer.out.length === 1) return say(`unit ${map}`, `单元 ${map}`);
  return isConvolution(layer) ? say(`filter ${map}`, `卷积核 ${map}`) : say(`map ${map}`, `特征图 ${map}`);
}

/** A number as it is read: four figures, with a real minus. */
export function figure(value) {
  if (!Number.isFinite(value)) return String(value).replace("-", "−");
  const size = Math.abs(value);
  const text = size !== 0 && (size < 0.001 || size >= 1e5) ? value.toExponential(2) : value.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 3);
  return text.replaceAll("-", "−");
}

/** A short form of the same, for cells. */
export function short(value) {
  const text = Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
  return (Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−")).replace(/^(−?)0\./, "$1.");
}

/** A share as a percentage; what is not quite all is not told as all. */
export function percent(share, digits = 1) {
  const text = (100 * share).toFixed(digits);
  return share < 1 && Number(text) === 100 ? `> ${(100 - 10 ** -digits).toFixed(digits)} %` : `${text} %`;
}

"use strict";
(() => {
  const root = document.documentElement;
  const charts = JSON.parse(document.getElementById("charts").textContent);
  const drawn = [];
  const colour = (name) => getComputedStyle(root).getPropertyValue(name).trim();

  const figure = (value, percent) => {
    if (value == null) return "–";
    if (percent) return (100 * value).toFixed(Math.abs(value) > 0.999 && value < 1 ? 3 : 2) + " %";
    const size = Math.abs(value);
    if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(2);
    return size >= 1000 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(4)));
  };

  const ticks = (axis) => (u, splits) => splits.map((value) => {
    if (value == null) return "";
    if (axis.percent) return Number((100 * value).toFixed(3)) + " %";
    const size = Math.abs(value);
    if (size !== 0 && (size < 1e-4 || size >= 1e6)) return value.toExponential(0);
    return size >= 1000 ? value.toLocaleString("en") : String(Number(value.toPrecision(6)));
  });

  const seriesOptions = (chart, series) => {
    const stroke = colour("--series-" + ((series.colour - 1) % 8 + 1));
    const base = { label: series.name, stroke, width: 2, value: (u, value) => figure(value, chart.y.percent) };
    if (series.form === "BARS") {
      return { ...base, width: 0, fill: stroke + "66", paths: uPlot.paths.bars({ size: [0.92, 100] }), points: { show: false } };
    }
    if (series.form === "POINTS") {
      return { ...base, paths: () => null, points: { show: true, size: chart.places.length <= 200 ? 7 : 4, width: 0, fill: stroke + "88", stroke: stroke + "88" } };
    }
    if (series.form === "REFERENCE") {
      return { ...base, stroke: colour("--soft"), width: 1.5, dash: [5, 5], points: { show: false } };
    }
    if (series.form === "STEPS") {
      return { ...base, paths: uPlot.paths.stepped({ align: 1 }), points: { show: false } };
    }
    return { ...base, spanGaps: true, points: { show: chart.places.length <= 30, size: 5, fill: stroke } };
  };

  const draw = (chart, place, printing) => {
    const series = [{ label: chart.x.label, value: (u, value) => figure(value, chart.x.percent) }];
    const data = [chart.places];
    const bands = [];
    for (const one of chart.series) {
      if (one.low) {
        const options = seriesOptions(chart, one);
        const edge = { ...options, width: 0, class: "edge", points: { show: false } };
        series.push({ ...edge, label: one.name + " high" }, { ...edge, label: one.name + " low" });
        data.push(one.high, one.low);
        bands.push({ series: [series.length - 2, series.length - 1], fill: options.stroke + "2e" });
      }
      series.push(seriesOptions(chart, one));
      data.push(one.values);
    }
    const axis = (of, size) => ({
      stroke: colour("--soft"), font: "12px system-ui, sans-serif", labelFont: "12px system-ui, sans-serif",
      grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false },
      values: ticks(of), size, gap: 6,
    });
    const overEpochs = chart.x.label === "epoch";
    const whole = overEpochs || chart.x.label === "candidate" ? { incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000] } : {};
    const scale = (of) => ({ time: false, ...(of.range ? { range: of.range } : {}), ...(of.log ? { distr: 3 } : {}) });
    const [first, last] = [chart.places[0], chart.places.at(-1)];
    const scattered = chart.series.some((one) => one.form === "POINTS");
    const margin = first === last ? 1 : scattered ? 0.04 * (last - first) : 0;
    const around = chart.x.range || !margin ? {} : { range: [first - margin, last + margin] };
    // With no cursor over it, the legend tells where each line ends.
    const showLast = (u) => u.setLegend({ idxs: data.map((values) => values.findLastIndex((value) => value != null)) });
    const width = printing ? Math.min(place.clientWidth, 330) : place.clientWidth;
    const options = {
      width, height: 250, series, bands, padding: [12, 12, 0, 0],
      cursor: { y: false, drag: { x: true, y: false }, points: { size: 8 } },
      scales: { x: { ...scale(chart.x), ...around }, y: scale(chart.y) },
      axes: [{ ...axis(chart.x, 26), ...whole, label: chart.x.label, labelSize: 18, labelGap: 0, space: 40 },
             axis(chart.y, chart.y.percent ? 62 : 58)],
      legend: { live: overEpochs, markers: { width: 0, fill: (u, i) => u.series[i].stroke(u, i) } },
      hooks: overEpochs ? {
        ready: [showLast],
        setCursor: [(u) => { if (u.cursor.idx == null) showLast(u); }],
      } : {},
    };
    place.replaceChildren();
    return new uPlot(options, data, place);
  };

  const drawAll = (printing) => {
    for (const { plot } of drawn.splice(0)) plot.destroy();
    for (const chart of charts) {
      const place = document.getElementById("chart-" + chart.id);
      if (place) drawn.push({ plot: draw(chart, place, printing), place });
    }
    root.dataset.drawn = drawn.length;
  };

  const isDark = () => root.dataset.theme
    ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const button = document.getElementById("theme");
  const name = () => { button.textContent = isDark() ? "Light" : "Dark"; };
  // A page from a file may be refused its storage: the choice then holds until the page is left.
  const remember = (theme) => { try { localStorage.setItem("featuremap-theme", theme); } catch (e) { /* not kept */ } };
  const remembered = () => { try { return localStorage.getItem("featuremap-theme"); } catch (e) { return null; } };

  if (remembered()) root.dataset.theme = remembered();
  name();
  drawAll(false);
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember(root.dataset.theme);
    name();
    drawAll(false);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { name(); drawAll(false); });
  new ResizeObserver(() => {
    for (const { plot, place } of drawn) {
      if (place.clientWidth > 0 && plot.width !== place.clientWidth) plot.setSize({ width: place.clientWidth, height: 250 });
    }
  }).observe(document.body);

  let before;
  addEventListener("beforeprint", () => {
    before = root.dataset.theme;
    root.dataset.theme = "light";
    for (const details of document.querySelectorAll("details.print")) details.open = true;
    drawAll(true);
  });
  addEventListener("afterprint", () => {
    if (before) root.dataset.theme = before; else delete root.dataset.theme;
    drawAll(false);
  });
})();

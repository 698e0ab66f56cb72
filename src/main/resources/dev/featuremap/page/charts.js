"use strict";
/* Draws each element of class chart whose data-chart holds a chart as the Java record Chart writes it. */
(() => {
  const places = document.querySelectorAll(".chart:empty");
  const drawn = [];

  /* A token as the place sees it, light or dark: rgb(r, g, b), or with an opacity. */
  const colour = (place, name, opacity = 1) => {
    place.style.color = "var(" + name + ")";
    const found = getComputedStyle(place).color;
    place.style.color = "";
    return opacity === 1 ? found : found.replace("rgb(", "rgba(").replace(")", ", " + opacity + ")");
  };

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

  const seriesOptions = (chart, series, place) => {
    const token = "--series-" + ((series.colour - 1) % 8 + 1);
    const stroke = colour(place, token);
    const faint = colour(place, token, 0.5);
    // The eight colours come again as dashed lines.
    const dash = series.colour > 8 ? [7, 4] : undefined;
    const base = { dash, label: series.name, stroke, width: 2, value: (u, value) => figure(value, chart.y.percent) };
    if (series.form === "BARS") {
      return { ...base, width: 0, fill: faint, paths: uPlot.paths.bars({ size: [0.92, 100] }), points: { show: false } };
    }
    if (series.form === "POINTS") {
      return { ...base, paths: () => null, points: { show: true, size: chart.places.length <= 200 ? 7 : 4, width: 0, fill: faint, stroke: faint } };
    }
    if (series.form === "REFERENCE") {
      return { ...base, stroke: colour(place, "--soft"), width: 1.5, dash: [5, 5], points: { show: false } };
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
        const options = seriesOptions(chart, one, place);
        const edge = { ...options, width: 0, class: "edge", points: { show: false } };
        series.push({ ...edge, label: one.name + " high" }, { ...edge, label: one.name + " low" });
        data.push(one.high, one.low);
        bands.push({ series: [series.length - 2, series.length - 1], fill: colour(place, "--series-" + ((one.colour - 1) % 8 + 1), 0.18) });
      }
      series.push(seriesOptions(chart, one, place));
      data.push(one.values);
    }
    const axis = (of, size) => ({
      stroke: colour(place, "--soft"), font: "12px system-ui, sans-serif", labelFont: "12px system-ui, sans-serif",
      grid: { stroke: colour(place, "--line"), width: 1 }, ticks: { show: false },
      values: ticks(of), size, gap: 6,
    });
    const onlyLines = chart.series.every((one) => one.form === "LINE");
    const whole = chart.x.whole ? { incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000] } : {};
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
      legend: { live: onlyLines, markers: { width: 0, fill: (u, i) => u.series[i].stroke(u, i) } },
      hooks: onlyLines ? {
        ready: [showLast],
        setCursor: [(u) => { if (u.cursor.idx == null) showLast(u); }],
      } : {},
    };
    place.replaceChildren();
    return new uPlot(options, data, place);
  };

  const drawAll = (printing) => {
    for (const { plot } of drawn.splice(0)) plot.destroy();
    for (const place of places) {
      drawn.push({ plot: draw(JSON.parse(place.dataset.chart), place, printing), place });
    }
  };

  drawAll(false);
  document.addEventListener("themechange", () => drawAll(false));
  new ResizeObserver(() => {
    for (const { plot, place } of drawn) {
      if (place.clientWidth > 0 && plot.width !== place.clientWidth) plot.setSize({ width: place.clientWidth, height: 250 });
    }
  }).observe(document.body);
  addEventListener("beforeprint", () => drawAll(true));
  addEventListener("afterprint", () => drawAll(false));
})();

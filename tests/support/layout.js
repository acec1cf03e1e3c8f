// What is wrong with the layout of a page, in words: text that is cut, that lies outside its box, or over other text.
() => {
  const faults = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width)
    faults.push(`the page scrolls sideways: ${document.documentElement.scrollWidth} > ${width}`);

  // The box that is given for a line of text is higher than its letters.
  const letters = (r) => ({ left: r.left, right: r.right, top: r.top + r.height * 0.15, bottom: r.bottom - r.height * 0.15 });
  const seen = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest("script, style, select, #popup, #too_long_message_popup")) continue;
    if (!parent.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      let box = letters(rect);
      if (rect.width < 1) continue;
      const what = `"${node.data.trim().slice(0, 40)}"`;
      // Nor does a table that scrolls sideways in itself, if a key can scroll it.
      const wide = parent.closest(".wide[tabindex='0']");
      if (wide) {
        const outer = wide.getBoundingClientRect();
        if (box.right <= outer.left + 1 || box.left >= outer.right - 1) continue;
        box = { ...box, left: Math.max(box.left, outer.left), right: Math.min(box.right, outer.right) };
      }
      if (box.left < -1 || box.right > width + 1) faults.push(`${what} leaves the page: ${box.left} - ${box.right}`);
      let scrolls = false;
      for (let at = parent; at && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.display === "inline" || style.display === "contents") continue;
        // A heading over two rows of a table is higher than the first of them.
        if (style.display === "table-row" && parent.closest("[rowspan]")) continue;
        const outer = at.getBoundingClientRect();
        const name = `${at.tagName.toLowerCase()}.${[...at.classList].join(".")}`;
        if (box.left < outer.left - 1 || box.right > outer.right + 1) faults.push(`${what} is wider than ${name}`);
        if (!scrolls && (box.top < outer.top - 1 || box.bottom > outer.bottom + 1)) {
          // A part that scrolls up and down cuts nothing, if a key can scroll it.
          if (/auto|scroll/.test(style.overflowY) && at.tabIndex >= 0) scrolls = true;
          else faults.push(`${what} is higher than ${name}`);
        }
        if (scrolls) box = { ...box, top: Math.max(box.top, outer.top), bottom: Math.min(box.bottom, outer.bottom) };
      }
      if (box.bottom > box.top) seen.push({ node, what, box });
    }
  }
  const over = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1;
  seen.forEach((one, number) => {
    for (const other of seen.slice(number + 1))
      if (one.node !== other.node && over(one.box, other.box)) faults.push(`${one.what} lies over ${other.what}`);
  });

  for (const element of document.querySelectorAll(".chart")) {
    const chart = getElement(element.id.slice(1)).chart;
    const texts = [];
    if (!chart) {
      faults.push("a chart is not drawn");
      continue;
    }
    for (const item of chart.getZr().storage.getDisplayList(true)) {
      if (!item.style?.text || item.invisible || item.ignore) continue;
      const rect = item.getBoundingRect().clone();
      if (item.transform) rect.applyTransform(item.transform);
      const box = { left: rect.x, right: rect.x + rect.width, top: rect.y, bottom: rect.y + rect.height };
      const what = `"${item.style.text}" of a chart`;
      if (box.left < -1 || box.right > element.clientWidth + 1 || box.top < -1 || box.bottom > element.clientHeight + 1)
        faults.push(`${what} is cut`);
      texts.push({ what, box });
    }
    if (!texts.length) faults.push("a chart has no text");
    texts.forEach((one, number) => {
      for (const other of texts.slice(number + 1)) if (over(one.box, other.box)) faults.push(`${one.what} lies over ${other.what}`);
    });
  }
  return [...new Set(faults)];
};

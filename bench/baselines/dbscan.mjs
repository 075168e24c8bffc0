// DBSCAN on the pixels of a mask. Source: Ester et al., A density-based algorithm for discovering clusters, KDD 1996.

/**
 * Groups marked pixels: a pixel with at least `neighbours` marked ones within `reach` (itself included) is a core; cores
 * within reach of each other and whatever lies within reach of a core form a group, the rest is dropped.
 * @param on one byte a pixel, non-zero where marked
 * @param strength averaged over each group
 * @returns [{ box, area in px, mean, peak }], groups of at least `minArea` pixels
 */
export function dbscan(on, strength, width, height, { reach = 3, neighbours = 10, minArea = 1 } = {}) {
  const offsets = [];
  const most = Math.floor(reach);
  for (let dy = -most; dy <= most; dy++) {
    for (let dx = -most; dx <= most; dx++) if (dx * dx + dy * dy <= reach * reach) offsets.push([dx, dy]);
  }
  const around = (k, visit) => {
    const x = k % width;
    const y = (k - x) / width;
    for (const [dx, dy] of offsets) {
      const nx = x + dx;
      const ny = y + dy;
      if (nx >= 0 && ny >= 0 && nx < width && ny < height && on[ny * width + nx]) visit(ny * width + nx);
    }
  };
  const core = new Uint8Array(on.length);
  for (let k = 0; k < on.length; k++) {
    if (!on[k]) continue;
    let count = 0;
    around(k, () => {
      count++;
    });
    if (count >= neighbours) core[k] = 1;
  }
  const seen = new Uint8Array(on.length);
  const groups = [];
  const stack = [];
  for (let start = 0; start < on.length; start++) {
    if (!core[start] || seen[start]) continue;
    seen[start] = 1;
    stack.push(start);
    let [left, top, right, bottom, area, sum, peak] = [width, height, 0, 0, 0, 0, 0];
    while (stack.length) {
      const k = stack.pop();
      const x = k % width;
      const y = (k - x) / width;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      area++;
      sum += strength[k];
      peak = Math.max(peak, strength[k]);
      if (!core[k]) continue;
      around(k, (n) => {
        if (seen[n]) return;
        seen[n] = 1;
        stack.push(n);
      });
    }
    if (area < minArea) continue;
    const box = { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
    groups.push({ box, area, mean: sum / area, peak });
  }
  return groups;
}

/** Connected regions (8 neighbours): every marked pixel is a core. */
export function components(on, strength, width, height, minArea) {
  return dbscan(on, strength, width, height, { reach: 1.5, neighbours: 1, minArea });
}

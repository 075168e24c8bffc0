// ChangeChip, written from its description: Fridman, Rusanovsky and Oren, ChangeChip: A Reference-Based Unsupervised
// Change Detection for PCB Defect Detection, arXiv 2109.05746, 2021. Steps after registration: histogram matching;
// a descriptor a pixel from the difference picture and from both pictures' windows, reduced by PCA; k-means; clusters
// ordered by their mean squared difference, the strongest are the change; DBSCAN joins their pixels to regions and
// drops stray ones. The descriptor is Celik's: windows of the difference picture.
import { createRandom } from '../../dist/selftest/random.js';
import { dbscan } from './dbscan.mjs';
import { blurred } from './shared.mjs';

/**
 * @param photo RGB raster laid onto the reference
 * @param reference RGB raster of the same size
 * @param mask one byte a pixel, non-zero where both show the board
 * @param options window: side of the window in px, odd (5); dimensions: kept principal components (3);
 *   clusters (16); changed: how many clusters, strongest first, count as change at most (3); leastMse: mean squared
 *   difference from which a cluster counts, sRGB² (150); reach: px (3) and neighbours (10) of DBSCAN; minArea: px²
 *   (12); seed (1)
 * @returns {{box: {x: number, y: number, width: number, height: number}, score: number}[]} score 0..1: the mean
 *   difference of the region, 255 being 1
 */
export function changechip(
  photo,
  reference,
  mask,
  {
    window = 5,
    dimensions = 3,
    clusters = 16,
    changed = 3,
    leastMse = 150,
    reach = 3,
    neighbours = 10,
    minArea = 12,
    seed = 1,
  } = {},
) {
  const random = createRandom(seed);
  const { width, height } = reference;
  const b = blurred(reference, 0.8);
  const a = matchHistogram(blurred(photo, 0.8), b, mask);
  const delta = new Float32Array(width * height * 3);
  for (let k = 0; k < delta.length; k++) delta[k] = Math.abs(a.data[k] - b.data[k]);
  const places = [];
  const half = window >> 1;
  for (let y = half; y < height - half; y++) {
    for (let x = half; x < width - half; x++) if (mask[y * width + x]) places.push(y * width + x);
  }
  if (places.length < clusters) return [];
  const features = describe(delta, width, places, half, dimensions, random);
  const { labels } = kMeans(features, dimensions, clusters, random);
  const power = new Float64Array(clusters);
  const sizes = new Uint32Array(clusters);
  places.forEach((k, n) => {
    const square = (delta[k * 3] ** 2 + delta[k * 3 + 1] ** 2 + delta[k * 3 + 2] ** 2) / 3;
    power[labels[n]] += square;
    sizes[labels[n]]++;
  });
  const mse = power.map((sum, k) => sum / Math.max(1, sizes[k]));
  const order = [...mse.keys()].sort((p, q) => mse[q] - mse[p]);
  const strong = new Set(order.slice(0, changed).filter((k) => mse[k] >= leastMse));
  const on = new Uint8Array(width * height);
  const strength = new Float32Array(width * height);
  places.forEach((k, n) => {
    if (!strong.has(labels[n])) return;
    on[k] = 1;
    strength[k] = Math.sqrt((delta[k * 3] ** 2 + delta[k * 3 + 1] ** 2 + delta[k * 3 + 2] ** 2) / 3) / 255;
  });
  return dbscan(on, strength, width, height, { reach, neighbours, minArea }).map(({ box, mean }) => ({
    box,
    score: Math.min(1, mean),
  }));
}

/** Gives every channel of the photo the reference's distribution, over the mask. */
function matchHistogram(photo, reference, mask) {
  const data = new Uint8Array(photo.data.length);
  for (let c = 0; c < 3; c++) {
    const from = cumulative(photo.data, mask, c);
    const to = cumulative(reference.data, mask, c);
    const table = new Uint8Array(256);
    for (let v = 0, w = 0; v < 256; v++) {
      while (w < 255 && to[w] < from[v] - 1e-9) w++;
      table[v] = w;
    }
    for (let k = c; k < data.length; k += 3) data[k] = table[photo.data[k]];
  }
  return { ...photo, data };
}

function cumulative(data, mask, c) {
  const share = new Float64Array(256);
  let n = 0;
  for (let k = 0; k < mask.length; k++) {
    if (!mask[k]) continue;
    share[data[k * 3 + c]]++;
    n++;
  }
  for (let v = 1; v < 256; v++) share[v] += share[v - 1];
  return share.map((value) => value / Math.max(1, n));
}

/** Windows of the difference picture projected on their first principal components, places × dimensions. */
function describe(delta, width, places, reach, dimensions, random) {
  const side = 2 * reach + 1;
  const length = side * side * 3;
  const sample = new Float32Array(length);
  const read = (k, into) => {
    let n = 0;
    for (let y = -reach; y <= reach; y++) {
      const from = (k + y * width - reach) * 3;
      for (let x = 0; x < side * 3; x++) into[n++] = delta[from + x];
    }
  };
  const mean = new Float64Array(length);
  const scatter = new Float64Array(length * length);
  const samples = Math.min(4000, places.length);
  const picked = Array.from({ length: samples }, () => places[random.integer(0, places.length - 1)]);
  for (const k of picked) {
    read(k, sample);
    for (let i = 0; i < length; i++) mean[i] += sample[i] / samples;
  }
  for (const k of picked) {
    read(k, sample);
    for (let i = 0; i < length; i++) {
      const di = sample[i] - mean[i];
      for (let j = i; j < length; j++) scatter[i * length + j] += di * (sample[j] - mean[j]);
    }
  }
  for (let i = 0; i < length; i++)
    for (let j = 0; j < i; j++) scatter[i * length + j] = scatter[j * length + i];
  const axes = principalAxes(scatter, length, dimensions, random);
  const features = new Float32Array(places.length * dimensions);
  places.forEach((k, n) => {
    read(k, sample);
    for (let d = 0; d < dimensions; d++) {
      let sum = 0;
      for (let i = 0; i < length; i++) sum += axes[d][i] * (sample[i] - mean[i]);
      features[n * dimensions + d] = sum;
    }
  });
  return features;
}

/** The strongest eigenvectors of a symmetric matrix, by power iteration with deflation (changes the matrix). */
function principalAxes(matrix, length, count, random) {
  return Array.from({ length: count }, () => {
    let axis = Float64Array.from({ length }, () => random.normal());
    let size = 0;
    for (let step = 0; step < 60; step++) {
      const next = new Float64Array(length);
      for (let i = 0; i < length; i++)
        for (let j = 0; j < length; j++) next[i] += matrix[i * length + j] * axis[j];
      size = Math.hypot(...next) || 1;
      axis = next.map((value) => value / size);
    }
    for (let i = 0; i < length; i++)
      for (let j = 0; j < length; j++) matrix[i * length + j] -= size * axis[i] * axis[j];
    return axis;
  });
}

/** k-means with k-means++ seeding on a sample, then one assignment of all. */
function kMeans(features, dimensions, clusters, random) {
  const total = features.length / dimensions;
  const sample = Array.from({ length: Math.min(20000, total) }, () => random.integer(0, total - 1));
  const distance = (n, center) => {
    let sum = 0;
    for (let d = 0; d < dimensions; d++) sum += (features[n * dimensions + d] - center[d]) ** 2;
    return sum;
  };
  const at = (n) => Float64Array.from(features.subarray(n * dimensions, (n + 1) * dimensions));
  const centers = [at(random.pick(sample))];
  const nearest = sample.map((n) => distance(n, centers[0]));
  while (centers.length < clusters) {
    let left = random.next() * nearest.reduce((sum, d) => sum + d, 0);
    let k = 0;
    while (k < sample.length - 1 && left > nearest[k]) left -= nearest[k++];
    const center = at(sample[k]);
    centers.push(center);
    sample.forEach((n, i) => {
      nearest[i] = Math.min(nearest[i], distance(n, center));
    });
  }
  const closest = (n) => {
    let best = 0;
    let bestDistance = Infinity;
    for (let c = 0; c < clusters; c++) {
      const d = distance(n, centers[c]);
      if (d < bestDistance) {
        bestDistance = d;
        best = c;
      }
    }
    return best;
  };
  for (let step = 0; step < 25; step++) {
    const sums = centers.map(() => new Float64Array(dimensions + 1));
    for (const n of sample) {
      const sum = sums[closest(n)];
      for (let d = 0; d < dimensions; d++) sum[d] += features[n * dimensions + d];
      sum[dimensions]++;
    }
    sums.forEach((sum, c) => {
      if (sum[dimensions]) centers[c] = sum.subarray(0, dimensions).map((value) => value / sum[dimensions]);
    });
  }
  return { labels: Uint8Array.from({ length: total }, (_, n) => closest(n)), centers };
}

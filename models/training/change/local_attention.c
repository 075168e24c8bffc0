/* Local attention over a square window, forward and backward, for training only (the ONNX file uses plain operators).
 * All maps are [images][height][width][CHANNELS] floats. The window's cells outside the map count as zeros.
 * One thread works one image, so the scattered gradients need no locks. CHANNELS and RADIUS are compile-time
 * constants: the inner loops then become a few vector instructions. */
#include <math.h>
#include <string.h>

#define SIDE (2 * RADIUS + 1)
#define SHIFTS (SIDE * SIDE)

static int scores_of(const float *q, const float *keys, int y, int x, int h, int w, float *score) {
    int best = 0;
    for (int dy = -RADIUS, s = 0; dy <= RADIUS; dy++)
        for (int dx = -RADIUS; dx <= RADIUS; dx++, s++) {
            float sum = 0;
            if ((unsigned)(y + dy) < (unsigned)h && (unsigned)(x + dx) < (unsigned)w) {
                const float *k = keys + ((long)(y + dy) * w + x + dx) * CHANNELS;
                for (int c = 0; c < CHANNELS; c++) sum += q[c] * k[c];
            }
            score[s] = sum;
            if (sum > score[best]) best = s;
        }
    return best;
}

/* Returns the logarithm of what the weights were divided by. */
static float softmax(const float *score, const float *bias, float sharp, float *weight) {
    float top = -1e30f, total = 0;
    for (int s = 0; s < SHIFTS; s++) {
        weight[s] = score[s] * sharp + bias[s];
        top = weight[s] > top ? weight[s] : top;
    }
    for (int s = 0; s < SHIFTS; s++) total += weight[s] = expf(weight[s] - top);
    for (int s = 0; s < SHIFTS; s++) weight[s] /= total;
    return top + logf(total);
}

void forward(int images, int h, int w, const float *q, const float *k, const float *v, const float *bias, float sharp,
             float *out, float *best, float *total) {
#pragma omp parallel for
    for (int n = 0; n < images; n++) {
        long start = (long)n * h * w;
        const float *keys = k + start * CHANNELS, *values = v + start * CHANNELS;
        for (int y = 0; y < h; y++)
            for (int x = 0; x < w; x++) {
                long i = start + (long)y * w + x;
                float score[SHIFTS], weight[SHIFTS], sum[CHANNELS] = {0};
                best[i] = score[scores_of(q + i * CHANNELS, keys, y, x, h, w, score)];
                total[i] = softmax(score, bias, sharp, weight);
                for (int dy = -RADIUS, s = 0; dy <= RADIUS; dy++)
                    for (int dx = -RADIUS; dx <= RADIUS; dx++, s++)
                        if ((unsigned)(y + dy) < (unsigned)h && (unsigned)(x + dx) < (unsigned)w) {
                            const float *value = values + ((long)(y + dy) * w + x + dx) * CHANNELS;
                            for (int c = 0; c < CHANNELS; c++) sum[c] += weight[s] * value[c];
                        }
                memcpy(out + i * CHANNELS, sum, sizeof sum);
            }
    }
}

/* dbias and dsharp are one row an image ([images][SHIFTS] and [images]); the caller adds them up. */
void backward(int images, int h, int w, const float *q, const float *k, const float *v, const float *bias, float sharp,
              const float *dout, const float *dbest, float *dq, float *dk, float *dv, float *dbias, float *dsharp) {
#pragma omp parallel for
    for (int n = 0; n < images; n++) {
        long start = (long)n * h * w;
        const float *keys = k + start * CHANNELS, *values = v + start * CHANNELS;
        float *dkeys = dk + start * CHANNELS, *dvalues = dv + start * CHANNELS;
        for (int y = 0; y < h; y++)
            for (int x = 0; x < w; x++) {
                long i = start + (long)y * w + x;
                float score[SHIFTS], weight[SHIFTS], dweight[SHIFTS], mean = 0, dquery[CHANNELS] = {0};
                const float *query = q + i * CHANNELS, *d = dout + i * CHANNELS;
                int best = scores_of(query, keys, y, x, h, w, score);
                softmax(score, bias, sharp, weight);
                for (int dy = -RADIUS, s = 0; dy <= RADIUS; dy++)
                    for (int dx = -RADIUS; dx <= RADIUS; dx++, s++) {
                        float sum = 0;
                        if ((unsigned)(y + dy) < (unsigned)h && (unsigned)(x + dx) < (unsigned)w) {
                            long j = ((long)(y + dy) * w + x + dx) * CHANNELS;
                            for (int c = 0; c < CHANNELS; c++) sum += d[c] * values[j + c];
                            for (int c = 0; c < CHANNELS; c++) dvalues[j + c] += weight[s] * d[c];
                        }
                        dweight[s] = sum;
                        mean += weight[s] * sum;
                    }
                for (int dy = -RADIUS, s = 0; dy <= RADIUS; dy++)
                    for (int dx = -RADIUS; dx <= RADIUS; dx++, s++) {
                        float g = weight[s] * (dweight[s] - mean);
                        dbias[n * SHIFTS + s] += g;
                        dsharp[n] += g * score[s];
                        g = g * sharp + (s == best ? dbest[i] : 0);
                        if ((unsigned)(y + dy) < (unsigned)h && (unsigned)(x + dx) < (unsigned)w) {
                            long j = ((long)(y + dy) * w + x + dx) * CHANNELS;
                            for (int c = 0; c < CHANNELS; c++) dquery[c] += g * keys[j + c];
                            for (int c = 0; c < CHANNELS; c++) dkeys[j + c] += g * query[c];
                        }
                    }
                memcpy(dq + i * CHANNELS, dquery, sizeof dquery);
            }
    }
}

/* Sum over what every cell looks at of exp(score * sharp + bias - total) * given: the mean of `given` by the cell's own
 * weights when `total` is what forward() gave. Not differentiated. */
void weigh(int images, int h, int w, const float *q, const float *k, const float *bias, float sharp, const float *total,
           const float *given, float *out) {
#pragma omp parallel for
    for (int n = 0; n < images; n++) {
        long start = (long)n * h * w;
        for (int y = 0; y < h; y++)
            for (int x = 0; x < w; x++) {
                long i = start + (long)y * w + x;
                float score[SHIFTS], sum = 0;
                scores_of(q + i * CHANNELS, k + start * CHANNELS, y, x, h, w, score);
                for (int dy = -RADIUS, s = 0; dy <= RADIUS; dy++)
                    for (int dx = -RADIUS; dx <= RADIUS; dx++, s++)
                        if ((unsigned)(y + dy) < (unsigned)h && (unsigned)(x + dx) < (unsigned)w)
                            sum += expf(score[s] * sharp + bias[s] - total[i]) * given[start + (long)(y + dy) * w + x + dx];
                out[i] = sum;
            }
    }
}

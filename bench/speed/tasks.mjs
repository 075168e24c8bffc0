// What bench.mjs measures, each in a process of its own: TASK and its arguments come as JSON, the figures go back as a
// message. Everything that is timed is timed in here, so that starting the process is not in it; peak memory is the process'.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ort from 'onnxruntime-node';
import sharp from 'sharp';

const dist = (path) => import(new URL(`../../dist/${path}`, import.meta.url));
const models = fileURLToPath(new URL('../../models', import.meta.url));

/** Wall and processor milliseconds of some work. */
async function timed(work) {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const value = await work();
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  return { value, wall, cpu: (user + system) / 1000 };
}

/** Notes every run of a model: which one, by its inputs, in what size, and how long it took. */
function watchModels() {
  const runs = [];
  const { create } = ort.InferenceSession;
  ort.InferenceSession.create = async (...args) => {
    const session = await create.apply(ort.InferenceSession, args);
    const run = session.run.bind(session);
    session.run = async (feeds, ...rest) => {
      const [{ dims }, second] = Object.values(feeds);
      const started = performance.now();
      const result = await run(feeds, ...rest);
      const model = second ? 'change' : 'detector';
      runs.push({ model, height: dims[2], width: dims[3], ms: performance.now() - started });
      return result;
    };
    return session;
  };
  return runs;
}

/** The processor time of this process as the clock: stages then show what they cost, not how busy the machine was. */
function countProcessorTime() {
  performance.now = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
}

const TASKS = {
  /** The whole of inspect, as the command line runs it. */
  async inspect({ photo, reference, output, clock }) {
    if (clock === 'cpu') countProcessorTime();
    const runs = watchModels();
    const { run } = await dist('cli/run.js');
    process.stdout.write = () => true;
    await run(['inspect', photo, '-r', reference, '-o', output]);
    const { user, system } = process.resourceUsage && process.cpuUsage();
    const { timings } = JSON.parse(readFileSync(join(output, 'inspection.json'), 'utf8'));
    // Checking the models against their golden vectors runs them too, on small pictures, before anything else.
    return { timings, cpu: (user + system) / 1000, runs };
  },

  /** The floor, first part: the file decoded by sharp and nothing else. */
  async decode({ photo }) {
    const { wall, cpu } = await timed(() => sharp(photo).raw().toBuffer());
    return { wall, cpu };
  },

  /** The floor, second part: the models alone, on noise, as often and in the sizes that the inspection ran them. */
  async models({ runs, plain }) {
    const { loadRuntime } = await dist('detect/runtime.js');
    const total = { wall: 0, cpu: 0 };
    for (const model of ['detector', 'change']) {
      const bytes = readFileSync(join(models, `${model}.onnx`));
      const { input } = JSON.parse(readFileSync(join(models, `${model}.json`), 'utf8'));
      const names = input.names ? Object.values(input.names) : [input.name];
      const run = plain ? await plainSession(bytes) : (await loadRuntime(bytes, model, 0)).run;
      const sizes = runs.filter((one) => one.model === model);
      const largest = Math.max(...sizes.map(({ width, height }) => 3 * width * height));
      const noise = names.map((_, n) =>
        Float32Array.from({ length: largest }, (_, k) => (((k + n) * 7919) % 256) / 255),
      );
      const once = ({ width, height }) =>
        run(
          Object.fromEntries(
            names.map((name, n) => [
              name,
              { data: noise[n].subarray(0, 3 * width * height), dims: [1, 3, height, width] },
            ]),
          ),
        );
      await once(sizes[0]);
      const { wall, cpu } = await timed(async () => {
        for (const size of sizes) await once(size);
      });
      total[model] = wall;
      total.wall += wall;
      total.cpu += cpu;
    }
    return total;
  },

  /** Registration alone: the first in a process, and those that follow. */
  async register({ photo, golden }) {
    const [{ readPhoto }, { findBoardOutline, prepareReference, registerPhoto, takeAllFeatures }] =
      await Promise.all([dist('photo/index.js'), dist('register/index.js')]);
    const [{ pixels }, { pixels: frame }] = await Promise.all([readPhoto(photo), readPhoto(golden)]);
    const { polygon } = await findBoardOutline(frame);
    const reference = await prepareReference(frame, polygon);
    await takeAllFeatures(reference);
    const first = await timed(() => registerPhoto(pixels, reference));
    const again = [];
    for (let k = 0; k < 5; k++) again.push(await timed(() => registerPhoto(pixels, reference)));
    const median = (of) => again.map((one) => one[of]).sort((a, b) => a - b)[2];
    return { first: first.wall, wall: median('wall'), cpu: median('cpu'), status: first.value.status };
  },

  /** From nothing loaded to models and OpenCV ready. */
  async ready() {
    const { wall, cpu } = await timed(async () => {
      const [{ loadModels }, { startOpenCv }] = await Promise.all([
        dist('detect/index.js'),
        dist('register/index.js'),
      ]);
      await Promise.all([loadModels(), startOpenCv()]);
    });
    return { wall, cpu };
  },

  /** A baseline on the same pair, which the product's registration has laid onto each other: its own work alone. */
  async baseline({ name, photo, golden }) {
    const baseline = (await import(`../baselines/${name}.mjs`))[name];
    const [{ readPhoto }, { findBoardOutline, prepareReference, registerPhoto, warp }] = await Promise.all([
      dist('photo/index.js'),
      dist('register/index.js'),
    ]);
    const [{ pixels }, { pixels: frame }] = await Promise.all([readPhoto(photo), readPhoto(golden)]);
    const { polygon } = await findBoardOutline(frame);
    const { homography } = await registerPhoto(pixels, await prepareReference(frame, polygon));
    const laid = await warp(pixels, homography, frame.width, frame.height);
    const mask = new Uint8Array(frame.width * frame.height).fill(1);
    const { value, wall, cpu } = await timed(async () => baseline(laid, frame, mask));
    return { wall, cpu, findings: value.length };
  },
};

/** A session with what ONNX Runtime sets by itself. */
async function plainSession(bytes) {
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ['cpu'] });
  return (inputs) =>
    session.run(
      Object.fromEntries(
        Object.entries(inputs).map(([name, { data, dims }]) => [name, new ort.Tensor('float32', data, dims)]),
      ),
    );
}

const { task, ...args } = JSON.parse(process.argv[2]);
const figures = await TASKS[task](args);
process.send({ ...figures, peak: process.resourceUsage().maxRSS / 1024 }, () => process.exit(0));

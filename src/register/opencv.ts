import { createRequire } from 'node:module';
import type { Raster } from '../photo/index.js';

/** The OpenCV module as compiled to WebAssembly. Its own typings miss much of what it has. */
// biome-ignore lint/suspicious/noExplicitAny: the package types lag behind the functions it exports
export type OpenCv = any;

/** Anything OpenCV allocated outside the garbage collector's reach. */
interface Deletable {
  delete(): void;
}

let loading: Promise<{ cv: OpenCv }> | undefined;

/**
 * Loads OpenCV once a process: about half a second and 130 MB, so never before it is needed.
 * The module stands in a box because it has a `then` of its own that never settles an `await`.
 */
export function loadOpenCv(): Promise<{ cv: OpenCv }> {
  loading ??= load();
  return loading;
}

/** Loads OpenCV beside other work: its compiler has threads of its own. */
export async function startOpenCv(): Promise<void> {
  await loadOpenCv();
}

async function load(): Promise<{ cv: OpenCv }> {
  const before = {
    uncaughtException: process.listeners('uncaughtException'),
    unhandledRejection: process.listeners('unhandledRejection'),
  };
  // Not import(): that would look at the module's `then` too.
  const cv: OpenCv = createRequire(import.meta.url)('@techstark/opencv-js');
  await new Promise<void>((resolve) => {
    if (cv.Mat) resolve();
    else cv.onRuntimeInitialized = () => resolve();
  });
  // Its start-up code takes over the process' error handlers; give them back.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    for (const listener of process.listeners(event as 'uncaughtException')) {
      if (!(before[event] as unknown[]).includes(listener)) {
        process.removeListener(event, listener as () => void);
      }
    }
  }
  return { cv };
}

/**
 * Runs `work` and frees all that it kept, whatever happens. Errors that OpenCV throws as bare numbers become
 * real ones.
 * @param work gets `keep`, which notes an object for freeing and hands it back
 */
export function scoped<T>(cv: OpenCv, work: (keep: <M extends Deletable>(object: M) => M) => T): T {
  const kept: Deletable[] = [];
  try {
    return work((object) => {
      kept.push(object);
      return object;
    });
  } catch (error) {
    if (typeof error === 'number') throw new Error(`OpenCV: ${cv.exceptionFromPtr(error).msg}`);
    throw error;
  } finally {
    for (const object of kept.reverse()) object.delete();
  }
}

/** Copies a picture into a new Mat (8UC1 or 8UC3); the caller frees it. */
export function toMat(cv: OpenCv, picture: Raster): OpenCv {
  const mat = new cv.Mat(picture.height, picture.width, picture.channels === 3 ? cv.CV_8UC3 : cv.CV_8UC1);
  mat.data.set(picture.data);
  return mat;
}

/** Points, x y x y…, as an n×1 Mat of 32FC2; the caller frees it. */
export function pointsMat(cv: OpenCv, points: Float32Array): OpenCv {
  const mat = new cv.Mat(points.length / 2, 1, cv.CV_32FC2);
  mat.data32F.set(points);
  return mat;
}

/** The version of OpenCV in use; loading it shows that it works. */
export async function openCvVersion(): Promise<string> {
  const { cv } = await loadOpenCv();
  return (
    /OpenCV\s+(\S+)/.exec(cv.getBuildInformation())?.[1] ??
    /(\d+\.\d+\.\d+\S*)/.exec(cv.getBuildInformation())?.[1] ??
    'unknown'
  );
}

import { fileURLToPath } from 'node:url';

/** Path of the detector that comes with the program: the same from src/, from dist/ and from an installed package. */
export function builtInModel(): string {
  return fileURLToPath(new URL('../../models/detector.onnx', import.meta.url));
}

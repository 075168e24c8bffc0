import { fileURLToPath } from 'node:url';

/** Path of a model that comes with the program: the same from src/, from dist/ and from an installed package. */
export function builtInModel(task: 'detect' | 'change' = 'detect'): string {
  const name = task === 'detect' ? 'detector' : 'change';
  return fileURLToPath(new URL(`../../models/${name}.onnx`, import.meta.url));
}

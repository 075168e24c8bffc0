import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'boardiff-'));
const golden = 'samples/golden/golden-1.jpg';

function boardiff(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli/main.js', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('help and usage', () => {
  it('answers --help with status 0', () => {
    const { status, stdout, stderr } = boardiff('--help');
    expect(status).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatchSnapshot();
  });

  it('ends with status 2 on a wrong command line', () => {
    expect(boardiff('inspct').status).toBe(2);
    expect(boardiff('inspect').status).toBe(2);
    expect(boardiff('inspect', golden).status).toBe(2);
    expect(boardiff('detect', golden, '-t', '7').status).toBe(2);
  });
});

describe('exit status of inspect', () => {
  it('is 0 for a match, with one JSON document on stdout and nothing else', () => {
    const { status, stdout } = boardiff('inspect', golden, '-r', golden, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout).verdict).toBe('matches');
  });

  it('is 3 for a photo that cannot be judged', () => {
    const { status, stdout } = boardiff('inspect', 'samples/incoming/blurred.jpg', '-r', golden);
    expect(status).toBe(3);
    expect(stdout).toContain('NOT JUDGED');
  });

  it('is 2 and one clear line for bad input', () => {
    writeFileSync(join(folder, 'empty.jpg'), '');
    writeFileSync(join(folder, 'text.jpg'), 'not a picture at all');
    const cases: [string, RegExp][] = [
      [join(folder, 'absent.jpg'), /no such file/],
      [join(folder, 'empty.jpg'), /empty file/],
      [join(folder, 'text.jpg'), /none of these/],
      [folder, /a directory/],
    ];
    for (const [path, message] of cases) {
      const { status, stdout, stderr } = boardiff('inspect', path, '-r', golden);
      expect(status).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  });
});

describe('the other commands', () => {
  it('doctor and model check are content', () => {
    expect(boardiff('doctor').status).toBe(0);
    expect(
      execFileSync(process.execPath, ['dist/cli/main.js', 'model', 'check'], { encoding: 'utf8' }),
    ).toContain('golden');
  });

  it('detect gives COCO boxes inside the photo', () => {
    const { status, stdout } = boardiff('detect', golden, '-f', 'coco');
    expect(status).toBe(0);
    const { annotations, images } = JSON.parse(stdout);
    expect(annotations.length).toBeGreaterThan(100);
    for (const { bbox } of annotations) expect(bbox[0] + bbox[2]).toBeLessThanOrEqual(images[0].width + 0.1);
  });
});

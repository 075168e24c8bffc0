import { UserError } from '../../errors.js';
import { type Box, boundingBox, boxCenter, boxCorners, type Point } from '../../geometry/index.js';
import { boardFeatureRemarks, isBoardFeature } from './boardFeature.js';
import type { ImportedSite, Importer, ImporterInput } from './imported.js';
import type { Ipc2581Component, Ipc2581File, Ipc2581Step } from './ipc2581Model.js';
import { ipc2581Read } from './ipc2581Read.js';
import { ownRotation } from './ownRotation.js';
import { siteNames } from './siteNames.js';
import { startOf } from './startOf.js';

/** Whether a file is IPC-2581: an element of that name near its beginning. */
export function looksLikeIpc2581(input: ImporterInput): boolean {
  // UTF-16 has a zero byte beside each of these letters.
  return /<([\w.-]+:)?IPC-2581[\s>]/.test(startOf(input).replaceAll('\0', ''));
}

/**
 * Reads IPC-2581, revisions A to C: the board's profile, components with their packages' outlines or pins as bodies, and
 * from the bill of materials what is not fitted. Of several steps the one with the most components is taken.
 * @throws UserError naming the line of what is wrong
 */
export const ipc2581: Importer = (input) => {
  const file = ipc2581Read(input);
  const step = file.steps.reduce<Ipc2581Step | null>(
    (most, one) => (one.components.length > (most?.components.length ?? 0) ? one : most),
    null,
  );
  if (!step) {
    throw new UserError(
      `${input.name}: expected components, got none`,
      'Export again with assembly data: a file for fabrication alone places no parts.',
    );
  }
  const names = siteNames();
  const placed = step.components.filter(({ location }) => location !== null);
  const parts = placed.filter(({ refDes, packageRef }) => {
    const pads = step.packages.get(packageRef)?.pads || null;
    return !isBoardFeature({ reference: refDes, footprint: packageRef, pads });
  });
  const unlisted = ({ refDes }: Ipc2581Component) => file.bom.size > 0 && !file.bom.has(refDes);
  const sites = parts.map((component): ImportedSite => {
    const { refDes, part, rotation, mirror, notFitted, where } = component;
    const side = sideOf(file, component);
    const extent = extentOf(step, component);
    const body = extent ? boxCorners(extent).map((corner) => place(component, corner)) : null;
    const label = null;
    const bom = file.bom.get(refDes);
    return {
      id: names.next(refDes, label, where),
      label,
      side,
      at: body ? boxCenter(boundingBox(body)) : place(component, [0, 0]),
      // It is mirrored after its turn: what is mirrored onto the bottom was turned as one sees it from there.
      rotation: ownRotation(rotation, mirror !== (side === 'bottom')),
      body,
      expected: notFitted || bom?.populate === false ? 'empty' : unlisted(component) ? 'optional' : 'fitted',
      part: (bom?.part || part || null)?.slice(0, 500) ?? null,
    };
  });
  const without = sites.filter(({ body }) => body === null).length;
  const optional = sites.filter(({ expected }) => expected === 'optional').length;
  const lost = step.components.length - placed.length;
  const told = [...file.bom.values()].some(({ populate }) => populate !== null);
  return {
    kind: 'ipc-2581',
    name: step.name || null,
    unit: 'mm',
    outline: step.profile.length >= 3 ? step.profile.map(yDown) : null,
    sites,
    lacks: [
      ...(step.profile.length >= 3 ? [] : (['outline'] as const)),
      ...(without > 0 ? (['body-size'] as const) : []),
      ...(sites.some(({ side }) => side !== null) ? [] : (['side'] as const)),
      ...(sites.some(({ label }) => label !== null) ? [] : (['labels'] as const)),
      ...(told || sites.some(({ expected }) => expected === 'empty') ? [] : (['do-not-populate'] as const)),
    ],
    remarks: [
      ...(file.steps.length > 1
        ? [`Step "${step.name}" was taken, the one of ${file.steps.length} with the most components.`]
        : []),
      ...(without > 0
        ? [`${without} parts have a package without outline and pins: their size is unknown.`]
        : []),
      ...boardFeatureRemarks(placed.length - parts.length),
      ...(optional > 0
        ? [`${optional} parts are not in the bill of materials and may be fitted or not.`]
        : []),
      ...(lost > 0 ? [`${lost} components have no Location and were left out.`] : []),
      ...names.remarks(),
    ],
  };
};

function extentOf({ packages }: Ipc2581Step, { packageRef }: Ipc2581Component): Box | null {
  const own = packages.get(packageRef);
  return own?.outline ?? own?.pins ?? null;
}

/** A place of a package on the board: millimetres, y down. Mirroring comes after the rotation, over the y axis. */
function place({ scale, offset, rotation, mirror, location }: Ipc2581Component, [x, y]: Point): Point {
  const angle = (rotation * Math.PI) / 180;
  const [px, py] = [x * scale + offset[0], y * scale + offset[1]];
  const turnedX = px * Math.cos(angle) - py * Math.sin(angle);
  const turnedY = px * Math.sin(angle) + py * Math.cos(angle);
  return yDown([location![0] + (mirror ? -turnedX : turnedX), location![1] + turnedY]);
}

/** To the nanometre, which also leaves no trace of the sine of 180°. */
function yDown([x, y]: Point): Point {
  return [Math.round(x * 1e6) / 1e6 + 0, Math.round(y * -1e6) / 1e6 + 0];
}

/** The side of the component's layer; a mirrored one whose layer tells none is on the bottom. */
function sideOf({ layers }: Ipc2581File, { layerRef, mirror }: Ipc2581Component): 'top' | 'bottom' | null {
  return layers.get(layerRef) ?? (mirror ? 'bottom' : null);
}

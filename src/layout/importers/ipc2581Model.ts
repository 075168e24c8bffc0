import type { Box, Point } from '../../geometry/index.js';

/** A component as placed, in millimetres, y up. */
export interface Ipc2581Component {
  refDes: string;
  packageRef: string;
  part: string;
  layerRef: string;
  /** What happens to its package, in this order: scale and offset, rotation counter-clockwise in degrees, mirror. */
  scale: number;
  offset: Point;
  rotation: number;
  mirror: boolean;
  location: Point | null;
  /** A property of its own says that it is not fitted. */
  notFitted: boolean;
  /** File and line, for messages. */
  where: string;
}

/** A board, or a panel of boards, in millimetres, y up. */
export interface Ipc2581Step {
  name: string;
  /** Corners of the outer edge, arcs as short lines; empty where there is none. */
  profile: Point[];
  /** Extents of packages in their own axes: of the outline and of the pins, where there are any; and number of pins. */
  packages: Map<string, { outline: Box | null; pins: Box | null; pads: number }>;
  components: Ipc2581Component[];
}

/** What of an IPC-2581 file is of use here. */
export interface Ipc2581File {
  /** Sides of layers, null where the file names none. */
  layers: Map<string, 'top' | 'bottom' | null>;
  steps: Ipc2581Step[];
  /** What the bill of materials says, by reference designator. */
  bom: Map<string, BomEntry>;
}

export interface BomEntry {
  /** Null where it does not tell. */
  populate: boolean | null;
  /** Value, or the number of the part. */
  part: string | null;
}

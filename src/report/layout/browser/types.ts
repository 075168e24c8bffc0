import type { ReferenceFile } from '../../../layout/schema.js';

/** What the page was given: see page.ts, which writes it into the page. */
export interface PageData {
  description: ReferenceFile;
  /** SHA-256 of the reference.json that the page was made from; null where nothing can be edited. */
  revision: string | null;
}

export type Layout = ReferenceFile;
export type Site = ReferenceFile['sites'][number];
export type Region = ReferenceFile['regions'][number];
export type Expectation = Site['expected'];
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What a press on the board does: select and pan, or draw something new. */
export type Mode = 'select' | 'add-site' | 'add-ignore' | 'add-high-risk';

/** Which sites are shown. */
export interface Filter {
  text: string;
  /** Classes switched off, '' for unknown ones. */
  hiddenClasses: Set<string>;
  hiddenExpectations: Set<Expectation>;
}

/** All that the page knows, and who wants to hear of changes. */
export interface Store {
  layout: Layout;
  /** Hash that the next save must find in the folder. */
  revision: string | null;
  readonly editable: boolean;
  /** Key of the chosen site or region: 'site:R1', 'region:G1'. */
  selected: string | null;
  hovered: string | null;
  mode: Mode;
  /** Name of the fitting that is shown, '' for the usual one. */
  variant: string;
  filter: Filter;
  /** Classes in the order of their colours; only grows, so that colours stay. */
  classes: string[];
  changed(): boolean;
  canUndo(): boolean;
  canRedo(): boolean;
  /** Takes over an edited layout; edits with the same `merge` in a row are undone together. */
  edit(layout: Layout, merge?: string): void;
  undo(): void;
  redo(): void;
  /** What was sent is now what the folder holds. */
  saved(layout: Layout, revision: string): void;
  set(change: Partial<Pick<Store, 'selected' | 'hovered' | 'mode' | 'variant' | 'filter'>>): void;
  subscribe(listener: () => void): void;
}

/** Which part of the board the stage shows. */
export interface View {
  /** Reference-frame pixels a screen pixel. */
  readonly scale: number;
  /** Where a place on the screen lies on the board. */
  toBoard(clientX: number, clientY: number): [number, number];
  pan(dx: number, dy: number): void;
  zoom(factor: number, at?: [number, number]): void;
  fit(): void;
  /** Pans, and zooms in where needed, until a box is in sight. */
  reveal(box: Box): void;
  middle(): [number, number];
  subscribe(listener: () => void): void;
}

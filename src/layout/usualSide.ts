/** Sides in millimetres by class, as boards commonly have them. */
const USUAL: Record<string, number> = {
  ic: 6,
  connector: 8,
  inductor: 4,
  diode: 3,
  transistor: 3,
  crystal: 4,
  switch: 5,
  battery: 16,
  buzzer: 10,
  display: 25,
  relay: 15,
  potentiometer: 8,
};
const SMALL = 1.6;

/** Side in millimetres that a part of unknown size is given: by its class, a small part where that is not known either. */
export function usualSide(label: string | null): number {
  return label !== null && Object.hasOwn(USUAL, label) ? USUAL[label]! : SMALL;
}

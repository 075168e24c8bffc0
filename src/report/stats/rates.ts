import type { Figures, Rate } from '../../decisions/index.js';
import { count, grouped } from '../words.js';

/** A rate of {@link Figures}: how it is called, written, and what it rests on. */
export interface RateWords {
  key: 'decided' | 'falseCallsPerPhoto' | 'photosFalselyCalled' | 'falseCallsPerSite' | 'missed';
  name: string;
  /** Writes a value of it. */
  value(value: number): string;
  /** What it was counted on. */
  rests(rate: Rate): string;
}

const percent = (value: number) => `${(100 * value).toFixed(value < 0.1 && value > 0 ? 1 : 0)} %`;
const mean = (value: number) => value.toFixed(2);
export const ppm = (value: number) => `${grouped(Math.round(1e6 * value))} ppm`;

/** All rates, in the order in which they are told. */
export const RATES: readonly RateWords[] = [
  {
    key: 'falseCallsPerPhoto',
    name: 'False calls a photo',
    value: mean,
    rests: (rate) => `${count(rate.count, 'false call')} on ${photos(rate.of)}`,
  },
  {
    key: 'photosFalselyCalled',
    name: 'Photos falsely called',
    value: percent,
    rests: (rate) => `${rate.count} of ${photos(rate.of)}`,
  },
  {
    key: 'falseCallsPerSite',
    name: 'False calls a site',
    value: ppm,
    rests: (rate) => `${rate.count} of ${grouped(rate.of)} sites judged`,
  },
  {
    key: 'missed',
    name: 'Real differences missed',
    value: percent,
    rests: (rate) => `${count(rate.count, 'escape')} of ${rate.of} known`,
  },
  {
    key: 'decided',
    name: 'Findings decided',
    value: percent,
    rests: (rate) => `${rate.count} of ${grouped(rate.of)}`,
  },
];

/** A rate as text: value, and in brackets the 95 % interval; `–` where nothing was measured. */
export function rateText({ value }: RateWords, rate: Rate | null): string {
  if (!rate) return '–';
  return `${value(rate.value)} (${value(rate.low)} to ${value(rate.high)})`;
}

/** The rate of a kind. */
export function rateOf(figures: Figures, { key }: RateWords): Rate | null {
  return figures[key];
}

function photos(number: number): string {
  return number === 1 ? '1 photo' : `${grouped(number)} photos`;
}

import type { Selftest } from '../document/index.js';
import { count } from './words.js';

/** "12 px of the reference (0.6 mm)". */
function partSize(longSidePx: number, mmPerPixel: number | null): string {
  const mm = mmPerPixel === null ? '' : ` (${(longSidePx * mmPerPixel).toFixed(1)} mm)`;
  return `${longSidePx} px of the reference${mm}`;
}

/** What the self-test says about this photo and this reference, in one sentence or two. */
export function selftestSentence(selftest: Selftest): string {
  const { registration, planted, sizes, smallestShownPartPx, reference, settings } = selftest;
  if (registration.status === 'refused') {
    const reason = registration.reason ?? 'it could not be lined up with the reference';
    return `Nothing was planted: ${reason.replace(/\.\s*$/, '')}.`;
  }
  if (planted === 0) return 'Nothing was planted: the board has no free place that shows a part.';
  const rate = `at ${count(settings.falseCalls, 'false call')} a photo`;
  if (smallestShownPartPx === null) {
    const largest = partSize(sizes.at(-1)!.longSidePx, reference.mmPerPixel);
    return `No planted size, up to ${largest}, was found often enough ${rate} to rely on it: that would take 80 %.`;
  }
  const smallest = partSize(smallestShownPartPx, reference.mmPerPixel);
  return `The smallest part that this photo and this reference would have shown ${rate}: ${smallest}; of parts from that size on, at least 80 % were found.`;
}

/** Whether what `inspect` states about the smallest visible part holds here; `null` where that was not tried. */
export function statedSentence({ unedited, asStated, reference }: Selftest): string | null {
  const { smallestVisiblePartPx: stated } = unedited;
  if (stated === null || asStated.planted === 0) return null;
  const { planted, found, holds } = asStated;
  return (
    `For this photo inspect states ${partSize(stated, reference.mmPerPixel)} as the smallest visible part, place by place: of the ` +
    `parts planted at least as large as it states for their place ${found} of ${planted} were found` +
    (holds ? '.' : ', fewer than the 80 % that it promises: believe the self-test.')
  );
}

/** What the findings on the unedited photo mean, in one sentence or two. */
export function uneditedSentence({ unedited, registration }: Selftest): string {
  if (registration.status === 'refused') return 'The photo was refused, as an inspection would refuse it.';
  const number = unedited.findings.length;
  if (number === 0) return 'False calls on the unedited photo: none.';
  return `Findings on the unedited photo: ${number}. They are false calls only if its board is good; look at them with boardiff inspect.`;
}

/** Where the photo comes from, if it was not taken; `null` for a real one. */
export function simulationSentence({ simulated }: Selftest): string | null {
  if (!simulated) return null;
  return (
    'The photo is simulated: the photo of the reference through another shot. Real photos are harder, tall parts shift in them; ' +
    'name a photo of a good board with --photo.'
  );
}

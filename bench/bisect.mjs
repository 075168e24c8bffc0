/** Where, between two numbers, something that falls with them comes down to `most`; to within `step`, from above. */
export function bisect([low, high], step, most, of) {
  while (high - low > step) {
    const middle = (low + high) / 2;
    if (of(middle) > most) low = middle;
    else high = middle;
  }
  return high;
}

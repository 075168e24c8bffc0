import { UserError } from '../../errors.js';
import { MAX_SITES } from '../schema.js';

/** As long as a reference takes. */
const LONGEST = 200;

/** Gives the sites of a layout their ids: unique, and no more of them than a reference takes. */
export interface SiteNames {
  /**
   * An id for the next site.
   * @param name designator of the source, empty or null where it has none
   * @param label class that a name is made from in that case
   * @param where file and line or record, for the message
   * @throws UserError when there are too many sites or the name is too long
   */
  next: (name: string | null, label: string | null, where: string) => string;
  /** What was changed, for the user to read. */
  remarks: () => string[];
}

export function siteNames(): SiteNames {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  let repeated = 0;
  let made = 0;

  /** The first of `stem` and a number that is free; numbers go on, so that ten thousand equal names stay quick. */
  const numbered = (stem: string, from: number) => {
    let count = counts.get(stem) ?? from;
    while (taken.has(`${stem}-${count}`)) count++;
    counts.set(stem, count + 1);
    return `${stem}-${count}`;
  };

  return {
    next(name, label, where) {
      if (taken.size >= MAX_SITES)
        throw new UserError(`${where}: expected at most ${MAX_SITES} parts, got more`);
      if ((name?.length ?? 0) > LONGEST) {
        throw new UserError(
          `${where}: expected a name of at most ${LONGEST} characters, got ${name!.length}: "${name!.slice(0, 40)}…"`,
        );
      }
      let id = name?.trim() ?? '';
      if (id === '') {
        id = numbered((label || 'part').slice(0, LONGEST - 10), 1);
        made++;
      } else if (taken.has(id)) {
        id = numbered(id.slice(0, LONGEST - 10), 2);
        repeated++;
      }
      taken.add(id);
      return id;
    },
    remarks() {
      const remarks: string[] = [];
      if (made > 0) remarks.push(`${made} parts have no designator and were named by class and number.`);
      if (repeated > 0)
        remarks.push(`${repeated} parts have a designator that another part has; a number was added.`);
      return remarks;
    },
  };
}

import { jsonInHtml } from '../report/inlineScript.js';

/** What a report page is told of the review that it is part of. */
export interface ReviewBlock {
  token: string;
  /** Path that the review's addresses begin with; ends with a slash. */
  base: string;
  /** Folder of the result. */
  result: string;
  /** By the finding's id; `carried` was said of an earlier run. */
  decisions: Record<
    string,
    { decision: string; note: string | null; by: string; at: string; carried: boolean }
  >;
  /** Places where something was missed, in reference pixels. */
  escapes: { box: object | null; note: string | null; by: string; at: string }[];
  /** Paths of the reports before and after, worst first, and of the next that is open; null where there is none. */
  next: string | null;
  previous: string | null;
  nextOpen: string | null;
}

/** Puts the review's block before a report's scripts and lets these talk to this server, and to no other. */
export function injectReview(page: string, block: ReviewBlock): string {
  const script = `<script type="application/json" id="review">${jsonInHtml(block)}</script>\n`;
  const at = page.search(/<script[\s>]|<\/body>/);
  const whole = at < 0 ? page + script : page.slice(0, at) + script + page.slice(at);
  return whole.replace(
    /(<meta http-equiv="Content-Security-Policy" content=")([^"]*)"/,
    (_, head: string, policy: string) => {
      const kept = policy.split(';').filter((rule) => rule.trim() !== '' && !/^\s*connect-src\b/.test(rule));
      return `${head}${[...kept, " connect-src 'self'"].join(';').trim()}"`;
    },
  );
}

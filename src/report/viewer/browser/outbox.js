/** Waits between tries, in milliseconds; the last one repeats. */
const WAITS = [1000, 2000, 5000, 10_000, 30_000];

/** @typedef {{ body: import('./types.js').Decision, done: () => void }} Letter */

/**
 * Sends decisions to the server one after the other, in order, and keeps what could not be sent.
 * @param {import('./types.js').Review} review
 * @param {(state: { waiting: number, problem: string }) => void} tell called whenever that changes
 */
export function createOutbox(review, tell) {
  /** @type {Letter[]} */
  const letters = [];
  let problem = '';
  let busy = false;
  let tries = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const report = () => tell({ waiting: letters.length, problem });

  async function send() {
    clearTimeout(timer);
    const letter = letters[0];
    if (busy || !letter) return;
    busy = true;
    try {
      await post(review, letter.body);
      letters.shift();
      [problem, tries] = ['', 0];
      letter.done();
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      timer = setTimeout(send, WAITS[Math.min(tries++, WAITS.length - 1)]);
    }
    busy = false;
    report();
    if (problem === '') send();
  }

  return {
    /** @param {import('./types.js').Decision} body @param {() => void} done called once the server has it */
    post(body, done) {
      letters.push({ body, done });
      report();
      send();
    },
    retry: send,
    waiting: () => letters.length,
  };
}

/** @param {import('./types.js').Review} review @param {import('./types.js').Decision} body @throws with what the server said */
async function post({ base, token, result }, body) {
  let response;
  try {
    response = await fetch(`${base}api/decisions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'x-boardiff-token': token },
      body: JSON.stringify({ result, ...body }),
    });
  } catch {
    throw new Error('the server does not answer');
  }
  if (response.ok) return;
  const answer = await response.json().catch(() => ({}));
  throw new Error(
    typeof answer.error === 'string' ? answer.error : `the server answered with status ${response.status}`,
  );
}

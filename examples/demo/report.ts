import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { type Problem, toProblem } from './problems.js';

/** Describes an error, and logs it with a reference unless the fault is the user's. */
export type Report = (error: unknown, req: Request) => Problem;

export const reportTo =
  (log: (message: string) => void): Report =>
  (error, req) => {
    const problem = toProblem(error, req);
    if (problem.status < 500) return problem;
    const reference = randomBytes(4).toString('hex');
    log(`${reference} ${error instanceof Error ? error.stack : 'A non-Error value was thrown'}`);
    return { ...problem, reference };
  };

/** Sets the status and the headers of a page that shows a problem. */
export function setHead(res: Response, { status, retryAfter }: Problem): void {
  res.status(status);
  if (retryAfter !== undefined) res.set('Retry-After', String(retryAfter));
}

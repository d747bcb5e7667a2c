import type { Program } from '../support/program.js';
import type { Decision } from './case.js';

/** What a run asks a person to do. */
export interface Invitation {
  decision: Decision;
  address: URL;
}

/** The invitations that `npm run contract` prints, until it ends. */
export async function* invitationsOf(run: Program): AsyncGenerator<Invitation> {
  let decision: Decision = 'agree';
  for await (const line of run.lines()) {
    if (/\b(?:AGREE|CANCEL):$/.test(line)) decision = line.endsWith('AGREE:') ? 'agree' : 'cancel';
    const [, address] = /^ {2}(http\S+)$/.exec(line) ?? [];
    if (address !== undefined) yield { decision, address: new URL(address) };
  }
}

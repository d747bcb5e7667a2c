import { type JSONValue, toJSON } from '../http/json.js';
import type { EmulatedApp, EmulatedUser } from '../model.js';
import { APPS_PATH, USERS_PATH } from '../paths.js';

/** How to mend an error in the emulator: for an emulator that was started in a program, and for the command. */
export interface Fix {
  /** A statement in JavaScript. */
  statement: string;
  /** The lines for the command: a flag or a parameter, or a call over HTTP. */
  command(origin: string): string[];
}

/**
 * A change of an app.
 *
 * @param statement what follows the app in JavaScript, such as `.bizApp = true`.
 * @param changes the members to change, with their new values.
 */
export function appFix(
  { app, appExpression }: { app: EmulatedApp; appExpression: string },
  statement: string,
  changes: { [member: string]: JSONValue },
): Fix {
  const path = `${APPS_PATH}/${encodeURIComponent(app.clientID)}`;
  return { statement: appExpression + statement, command: origin => [patchLine(origin + path, changes)] };
}

/** A change of a user. The parameters are those of `appFix`. */
export function userFix(
  { id }: EmulatedUser,
  statement: string,
  changes: { [member: string]: JSONValue },
): Fix {
  return {
    statement: `emulator.users.find(user => user.id === ${JSON.stringify(id)})${statement}`,
    command: origin => [patchLine(`${origin}${USERS_PATH}/${id}`, changes)],
  };
}

const patchLine = (url: string, changes: { [member: string]: JSONValue }): string =>
  `curl -X PATCH ${quote(url)} -H 'Content-Type: application/json' -d ${quote(toJSON(changes))}`;

/** A text as one word of a POSIX shell. */
export const quote = (text: string): string =>
  /^[\w:/.=%@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

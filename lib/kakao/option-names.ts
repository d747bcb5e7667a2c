/**
 * Creates a check that throws a TypeError for misspelt option names: those that differ from a known name only in case,
 * underscores or a plural s. Other unknown names pass, since apps spread objects with other members, and so do the
 * values undefined, null and false.
 *
 * @param unsupported options of other strategies, each with the reason why it is not supported.
 */
export function createNameCheck(
  known: readonly string[],
  unsupported: Readonly<Record<string, string>>,
): (owner: string, options: object) => void {
  const isKnown = new Set(known);
  const reasons = new Map([
    ...Object.entries(unsupported).map(([name, reason]) => [toKey(name), `: ${reason}`] as const),
    ...known.map(name => [toKey(name), `; it is ${name}`] as const),
  ]);
  return (owner, options) => {
    for (const name in options) {
      if (isKnown.has(name)) continue; // first, since this runs for every login
      const value: unknown = Reflect.get(options, name);
      if (value === undefined || value === null || value === false) continue;
      const reason = reasons.get(toKey(name));
      if (reason) throw new TypeError(`${owner} has no ${name} option${reason}`);
    }
  };
}

const toKey = (name: string): string => name.toLowerCase().replace(/_|s$/g, '');

/** Options of passport-oauth2 that cannot be supported. */
export const UNSUPPORTED = {
  pkce: 'Kakao answers KOE233 to the parameters of PKCE',
  scopeSeparator: 'the comma that Kakao expects is built in',
  customHeaders: 'to add headers, give a fetch function that adds them',
  proxy:
    'no header of a proxy is read, since redirect URIs are absolute; to send requests through one, give agent',
};

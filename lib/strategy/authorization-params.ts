/** Parameters of an authorization request; a list is written as a repeated key. */
export type AuthorizationParams = Record<string, string | readonly string[] | undefined>;

/** Adds parameters that the URL does not have yet; a list is written as a repeated key. */
export function withMissing(address: string, params: AuthorizationParams): string {
  const added = Object.entries(params);
  if (added.length === 0) return address;
  const url = new URL(address);
  for (const [name, value] of added) {
    if (value === undefined || url.searchParams.has(name)) continue;
    for (const each of [value].flat()) url.searchParams.append(name, each);
  }
  return url.href;
}

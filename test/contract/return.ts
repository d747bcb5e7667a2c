/** Whether a URL is the redirect URI, with any parameters. */
export function isReturnTo(redirectURI: string, location: URL | undefined): boolean {
  const { origin, pathname } = new URL(redirectURI);
  return location?.origin === origin && location.pathname === pathname;
}

/** Whether a browser is on its way back to the app, whatever it carries. */
export function isReturnTo(redirectURI: string, location: URL | undefined): boolean {
  const { origin, pathname } = new URL(redirectURI);
  return location?.origin === origin && location.pathname === pathname;
}

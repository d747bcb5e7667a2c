/** A page a browser has come to. */
export interface Page {
  url: URL;
  status: number;
  html: string;
}

/** As much of a browser as a login needs: cookies for each host, redirects, and forms sent as they stand. */
export class Browser {
  private readonly jar = new Map<string, Map<string, string>>();
  /** Every address it went to, in order. */
  readonly history: URL[] = [];

  async open(address: string | URL, form?: URLSearchParams): Promise<Page> {
    let url = new URL(address);
    let init: RequestInit = form ? { method: 'POST', body: form } : {};
    for (let redirects = 0; redirects < 10; redirects++) {
      this.history.push(url);
      const response = await fetch(url, {
        ...init,
        redirect: 'manual',
        headers: { cookie: this.cookiesFor(url) },
      });
      this.keepCookies(url, response);
      const location = response.headers.get('location');
      if (location === null) return { url, status: response.status, html: await response.text() };
      url = new URL(location, url);
      init = {};
    }
    throw new Error(`Too many redirects, the last one to ${url.origin}${url.pathname}`);
  }

  /** Sends the page's form with what is filled in already, pressing the button of this name and value. */
  press(page: Page, name: string, value: string): Promise<Page> {
    const form = new URLSearchParams();
    for (const [input] of page.html.matchAll(/<input [^>]*>/g)) {
      const isSent = / type="hidden"| checked/.test(input) && !/ disabled/.test(input);
      if (isSent) form.append(attribute(input, 'name'), attribute(input, 'value'));
    }
    form.append(name, value);
    return this.open(new URL(attribute(page.html, 'action'), page.url), form);
  }

  private cookiesFor({ hostname }: URL): string {
    return [...(this.jar.get(hostname) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private keepCookies({ hostname }: URL, response: Response): void {
    const cookies = this.jar.get(hostname) ?? new Map<string, string>();
    this.jar.set(hostname, cookies);
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
  }
}

const attribute = (markup: string, name: string): string =>
  (new RegExp(` ${name}="([^"]*)"`).exec(markup)?.[1] ?? '').replaceAll('&amp;', '&');

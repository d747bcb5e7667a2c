/** The page that a browser shows after following every redirect. */
export interface Page {
  url: URL;
  status: number;
  headers: Headers;
  html: string;
  /** The visible text: without markup, white space collapsed. */
  text: string;
}

/** A headless browser: keeps cookies, follows redirects, fills in forms. */
export class Browser {
  /** Every response, with its URL, oldest first. */
  readonly history: Page[] = [];
  readonly #cookies = new Map<string, Map<string, string>>();
  readonly #languages: string;

  /** @param languages the value of `Accept-Language`; any by default. */
  constructor(languages = '*') {
    this.#languages = languages;
  }

  open(url: URL | string): Promise<Page> {
    return this.#follow(new URL(url));
  }

  /** Requests a URL without following a redirect. */
  visit(url: URL | string): Promise<Page> {
    return this.#request(new URL(url));
  }

  /** Follows the link to this path, with any query. */
  click(page: Page, path: string): Promise<Page> {
    const links = [...page.html.matchAll(/<a\b[^>]*?href="([^"]*)"/g)].map(
      ([, href = '']) => new URL(decode(href), page.url),
    );
    const link = links.find(({ pathname }) => pathname === path);
    if (!link) throw new Error(`${page.url} has no link to ${path}`);
    return this.#follow(link);
  }

  /** Submits the form with this action, with the given fields replacing those of the page. */
  submit(page: Page, action: string, given: Record<string, string | string[]> = {}): Promise<Page> {
    const form = formsOf(page).find(({ url }) => url.pathname === action);
    if (!form) throw new Error(`${page.url} has no form that goes to ${action}`);
    const fields = form.fields.filter(([name]) => !(name in given));
    const more = Object.entries(given).flatMap(([name, values]) =>
      [values].flat().map((value): [string, string] => [name, value]),
    );
    return this.#follow(form.url, new URLSearchParams([...fields, ...more]));
  }

  /** Sends a form that is on no page. */
  post(url: URL | string, fields: Record<string, string> = {}): Promise<Page> {
    return this.#follow(new URL(url), new URLSearchParams(fields));
  }

  /** Sends a form that is on no page, without following a redirect. */
  send(url: URL | string, fields: Record<string, string>): Promise<Page> {
    return this.#request(new URL(url), new URLSearchParams(fields));
  }

  async #follow(url: URL, form?: URLSearchParams): Promise<Page> {
    let page = await this.#request(url, form);
    for (let redirects = 0; isRedirect(page); redirects++) {
      if (redirects === 10) throw new Error(`Too many redirects, the last one from ${page.url}`);
      page = await this.#request(new URL(page.headers.get('location') ?? '', page.url));
    }
    return page;
  }

  async #request(url: URL, form?: URLSearchParams): Promise<Page> {
    const jar = this.#cookies.get(url.origin) ?? new Map<string, string>();
    this.#cookies.set(url.origin, jar);
    const response = await fetch(url, {
      redirect: 'manual',
      headers: {
        'accept-language': this.#languages,
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      ...(form && { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    const html = await response.text();
    const page = { url, status: response.status, headers: response.headers, html, text: toText(html) };
    this.history.push(page);
    return page;
  }
}

const isRedirect = ({ status }: Page): boolean => [301, 302, 303, 307].includes(status);

interface Form {
  url: URL;
  /** The fields that are sent without the name of a button. */
  fields: [name: string, value: string][];
}

const formsOf = ({ html, url }: Page): Form[] =>
  [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, form = '', content = '']) => ({
    url: new URL(attributesOf(form).get('action') ?? '', url),
    fields: [...content.matchAll(/<input\b([^>]*)>/g)]
      .map(([, input = '']) => attributesOf(input))
      .filter(isSent)
      .map(input => [input.get('name') ?? '', input.get('value') ?? '']),
  }));

function isSent(input: Map<string, string>): boolean {
  if (input.has('disabled')) return false;
  return !['radio', 'checkbox'].includes(input.get('type') ?? '') || input.has('checked');
}

const attributesOf = (tag: string): Map<string, string> =>
  new Map(
    [...tag.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name, decode(value)]),
  );

const toText = (html: string): string =>
  decode(html.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();

const decode = (markup: string): string =>
  markup
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

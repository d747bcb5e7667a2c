import type { KakaoBusinessEmulator } from '../emulator.js';
import type { EmulatedApp, EmulatedUser } from '../model.js';
import {
  AD_API_NAMES,
  AD_APIS,
  AUTHENTICATION_ENDPOINTS,
  type EmulatorEndpoints,
  ENDPOINTS,
  PANEL_PATH,
} from '../paths.js';
import { DEFAULT_PORT } from './arguments.js';

export const HELP = `Usage: kakao-business-emulator [options] [file.json]
Or, without installing it: npx passport-kakao-business [options] [file.json]

Starts a local emulator of Kakao Business Authentication: the five endpoints, the
consent screen, the ad APIs, an app with its keys, and test users.

  --port <number>       the port to listen on; 0 takes any free port (default ${DEFAULT_PORT})
  --host <address>      the address to listen on; 0.0.0.0 in a container (default 127.0.0.1)
  --https               serve https, with a certificate made by openssl
  --cert <file>         with --https: a certificate, in PEM
  --key <file>          its private key, in PEM
  --allowed-host <name> allow a host name with dots, such as that of a proxy; repeatable
  --redirect-uri <uri>  add a redirect URI to every app; repeatable
  --json                print one line of JSON instead of text
  --version             print the version
  -h, --help            print this help

The file has options of startKakaoBusinessEmulator(), all optional:

{
  "port": 4000,
  "app": {
    "clientID": "my-rest-api-key",
    "clientSecret": "my-client-secret",
    "redirectURIs": ["http://localhost:8000/callback"]
  },
  "users": [
    {
      "id": "4102",
      "name": "김광고",
      "email": "owner@example.com",
      "adAccounts": { "moment": [{ "id": "11", "name": "봄 캠페인" }], "keyword": [] }
    }
  ],
  "stubs": [
    { "method": "GET", "path": "/openapi/v4/campaigns", "answer": { "content": [] } }
  ]
}
`;

/**
 * A running emulator, for people.
 *
 * @param certificate the file of its certificate.
 */
export function toText({ endpoints, apps, users }: KakaoBusinessEmulator, certificate?: string): string {
  const origin = originOf(endpoints);
  const endpointRows = [
    ...AUTHENTICATION_ENDPOINTS.map((name): Row => [name, origin + ENDPOINTS[name].path]),
    ...AD_API_NAMES.map((name): Row => [name, `${origin}${AD_APIS[name].root}…`]),
  ];
  const blocks = [endpointRows, toTrustRows(certificate), ...apps.map(toAppRows), toUserRows(users)].filter(
    rows => rows.length > 0,
  );
  return [
    `Kakao Business emulator listening at ${panelURL(endpoints)}; press Ctrl-C to stop.\n`,
    ...blocks.map(rows => rows.map(([label, value]) => `  ${label.padEnd(15)}${value}\n`).join('')),
  ].join('\n');
}

/**
 * A running emulator, for programs: one line.
 *
 * @param certificate the file of its certificate.
 */
export function toJSONLine({ endpoints, apps, users }: KakaoBusinessEmulator, certificate?: string): string {
  return `${JSON.stringify({ endpoints, panelURL: panelURL(endpoints), apps, users, certificate })}\n`;
}

type Row = [label: string, value: string];

/** How clients come to trust the certificate. */
function toTrustRows(certificate: string | undefined): Row[] {
  if (certificate === undefined) return [];
  return [
    ['certificate', certificate],
    ['to trust it', `NODE_EXTRA_CA_CERTS=${certificate} (Node.js)`],
    ['', `SSL_CERT_FILE=${certificate} (Go, Python, Ruby)`],
    ['', `curl --cacert ${certificate}`],
  ];
}

function toAppRows({ name, clientID, clientSecret, redirectURIs }: EmulatedApp): Row[] {
  return [
    ['app', name],
    ['client_id', clientID],
    ['client_secret', clientSecret ?? '(none: the Client secret feature is off)'],
    ...redirectURIs.map((uri): Row => ['redirect_uri', uri]),
  ];
}

// Names come last, because Korean letters are two columns wide.
function toUserRows(users: readonly EmulatedUser[]): Row[] {
  const emailOf = ({ email = '(no email)' }: EmulatedUser): string => email;
  const idWidth = widthOf(users.map(({ id }) => id));
  const emailWidth = widthOf(users.map(emailOf));
  return users.map(user => [
    'user',
    `${user.id.padEnd(idWidth)}  ${emailOf(user).padEnd(emailWidth)}  ${user.name}`,
  ]);
}

const widthOf = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length));

const panelURL = (endpoints: EmulatorEndpoints): string => originOf(endpoints) + PANEL_PATH;

const originOf = ({ tokenURL }: EmulatorEndpoints): string => new URL(tokenURL).origin;

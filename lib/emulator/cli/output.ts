import type { KakaoBusinessEmulator } from '../emulator.js';
import type { EmulatedApp } from '../model.js';
import { panelPaths } from '../pages/panel-paths.js';
import type { EmulatorEndpoints } from '../paths.js';
import type { EmulatedUser } from '../users.js';
import { defaultPort } from './arguments.js';

export const helpText = `Usage: kakao-business-emulator [options] [file.json]
Or, without an installation: npx passport-kakao-business [options] [file.json]

Starts a Kakao of your own, to try Kakao Business Authentication against: its five
endpoints with a consent screen, an app with its keys, and test users.

  --port <number>       listen there, and not at ${defaultPort}; 0 takes any free port
  --host <address>      listen there, and not at 127.0.0.1; a container needs 0.0.0.0
  --redirect-uri <uri>  register the callback of your app, too; may be repeated
  --json                print one line of JSON in place of the text
  --version             print the version
  -h, --help            print this

The file holds the options of startKakaoBusinessEmulator(). All may be left out:

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
  ]
}
`;

/** What is up, for whoever reads it on a terminal. */
export function toText({ endpoints, apps, users }: KakaoBusinessEmulator): string {
  const endpointRows: Row[] = [
    ['authorize', endpoints.authorizationURL],
    ['token', endpoints.tokenURL],
    ['tokeninfo', endpoints.tokenInfoURL],
    ['userinfo', endpoints.userInfoURL],
    ['revoke', endpoints.revokeURL],
  ];
  const blocks = [endpointRows, ...apps.map(toAppRows), toUserRows(users)].filter(rows => rows.length > 0);
  return [
    `A Kakao of your own is up: ${panelURL(endpoints)} shows it, and Ctrl-C ends it.\n`,
    ...blocks.map(rows => rows.map(([label, value]) => `  ${label.padEnd(15)}${value}\n`).join('')),
  ].join('\n');
}

/** What is up, for a program: one line. */
export function toJSONLine({ endpoints, apps, users }: KakaoBusinessEmulator): string {
  return `${JSON.stringify({ endpoints, panelURL: panelURL(endpoints), apps, users })}\n`;
}

type Row = [label: string, value: string];

function toAppRows({ name, clientID, clientSecret, redirectURIs }: EmulatedApp): Row[] {
  return [
    ['app', name],
    ['client_id', clientID],
    ['client_secret', clientSecret ?? '(none: the Client secret feature is off)'],
    ...redirectURIs.map((uri): Row => ['redirect_uri', uri]),
  ];
}

// Names come last: Korean letters are two columns wide, and nothing has to line up behind them.
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

const panelURL = ({ tokenURL }: EmulatorEndpoints): string => new URL(panelPaths.panel, tokenURL).href;

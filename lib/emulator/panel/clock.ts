import type { KoreanAndEnglish } from '../consent-items.js';
import { bilingual, type HTML, html, NOTHING } from '../pages/html.js';
import { CLOCK_PATH } from '../paths.js';
import { CODE_LIFETIME_MINUTES } from '../state.js';
import type { PanelSection } from './section.js';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** The time, and buttons that advance the clock. */
export const clockSection: PanelSection = {
  id: 'clock',
  title: { ko: '시계', en: 'Clock' },
  render({ state: { clock, tokenIdleTimeout } }, { submitted }) {
    const time = new Date(clock.now()).toISOString();
    const idle = toDuration(tokenIdleTimeout);
    return html`${submitted?.path === CLOCK_PATH ? submitted.notice : NOTHING}<p id="time" data-live><time datetime="${time}">${time}</time></p>
<form method="post" action="${CLOCK_PATH}" class="moves">
${button(MINUTE, { ko: '1분 경과', en: '1 minute later' })}
${button(CODE_LIFETIME_MINUTES * MINUTE, {
  ko: `${CODE_LIFETIME_MINUTES}분 경과: 인가 코드 만료`,
  en: `${CODE_LIFETIME_MINUTES} minutes later: codes expire`,
})}
${button(DAY, { ko: '1일 경과', en: '1 day later' })}
${
  Number.isFinite(tokenIdleTimeout)
    ? button(tokenIdleTimeout / 1000, {
        ko: `${idle.ko} 경과: 토큰 만료`,
        en: `${idle.en} later: tokens expire`,
      })
    : NOTHING
}
</form>
`;
  },
};

function button(seconds: number, label: KoreanAndEnglish): HTML {
  return html`<button class="quiet" name="seconds" value="${`${seconds}`}">${bilingual(label)}</button>`;
}

function toDuration(milliseconds: number): KoreanAndEnglish {
  const days = milliseconds / 1000 / DAY;
  return Number.isInteger(days)
    ? { ko: `${days}일`, en: days === 1 ? '1 day' : `${days} days` }
    : { ko: `${milliseconds / 1000}초`, en: `${milliseconds / 1000} seconds` };
}

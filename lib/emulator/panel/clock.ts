import { bilingual, type HTML, html, nothing } from '../pages/html.js';
import { panelPaths } from '../pages/panel-paths.js';
import type { Kakao } from '../state.js';

const minute = 60;
const day = 24 * 60 * minute;

/** What time it is here, and how to move on. */
export function clockSection({ clock, tokenLapsesAfter }: Kakao): HTML {
  const time = new Date(clock.now()).toISOString();
  return html`<section aria-labelledby="clock">
<h2 id="clock">${bilingual({ ko: '시계', en: 'The clock' })}</h2>
<p><time datetime="${time}">${time}</time></p>
<form method="post" action="${panelPaths.clock}" class="moves">
${move(minute, { ko: '1분 경과', en: '1 minute on' })}
${move(10 * minute, { ko: '10분 경과: 인가 코드 만료', en: '10 minutes on: codes lapse' })}
${move(day, { ko: '1일 경과', en: '1 day on' })}
${
  Number.isFinite(tokenLapsesAfter)
    ? move(tokenLapsesAfter / 1000, {
        ko: `${toDuration(tokenLapsesAfter).ko} 경과: 토큰 만료`,
        en: `${toDuration(tokenLapsesAfter).en} on: tokens lapse`,
      })
    : nothing
}
</form>
</section>`;
}

function move(seconds: number, label: { ko: string; en: string }): HTML {
  return html`<button class="quiet" name="seconds" value="${`${seconds}`}">${bilingual(label)}</button>`;
}

function toDuration(milliseconds: number): { ko: string; en: string } {
  const days = milliseconds / 1000 / day;
  return Number.isInteger(days)
    ? { ko: `${days}일`, en: days === 1 ? '1 day' : `${days} days` }
    : { ko: `${milliseconds / 1000}초`, en: `${milliseconds / 1000} seconds` };
}

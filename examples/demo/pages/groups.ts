import type { KoreanAndEnglish } from 'passport-kakao-business';
import { say } from '../language.js';

/** What consent items and ad accounts belong to, by name; a group that is newer than this app as Kakao writes it. */
export const groupName = (group: string): KoreanAndEnglish =>
  groupNames.get(group.toLowerCase()) ?? say(group, group);

// A map, not an object: the groups come from Kakao, and one might be called "constructor".
const groupNames: ReadonlyMap<string, KoreanAndEnglish> = new Map([
  ['personal', say('개인정보', 'Personal information')],
  ['moment', say('카카오모먼트', 'Kakao Moment')],
  ['keyword', say('키워드광고', 'Keyword Ad')],
  ['other', say('그 밖의 항목', 'Others')],
]);

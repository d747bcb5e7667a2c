import type { KoreanAndEnglish } from 'passport-kakao-business';
import { say } from '../language.js';

/** The name of a group of consent items or ad accounts; an unknown group keeps Kakao's name. */
export const groupName = (group: string): KoreanAndEnglish =>
  groupNames.get(group.toLowerCase()) ?? say(group, group);

// A map, not an object: a group from Kakao could be named "constructor".
const groupNames: ReadonlyMap<string, KoreanAndEnglish> = new Map([
  ['personal', say('개인정보', 'Personal information')],
  ['moment', say('카카오모먼트', 'Kakao Moment')],
  ['keyword', say('키워드광고', 'Keyword Ad')],
  ['other', say('그 밖의 항목', 'Others')],
]);

import type { AnswerMode } from './channel-settings.ts';

/** What is answered, in the words of a form. */
export const MODE_LABELS: readonly (readonly [AnswerMode, string])[] = [
  ['mentions', 'When I am mentioned'],
  ['questions', 'Every question'],
  ['everything', 'Every message'],
];

/** Settings that are switched on or off, in the words of a form. */
export const FLAG_LABELS = [
  ['followUps', 'Follow-ups in threads need no mention'],
  ['isPrivate', 'Only the asker sees answers'],
  ['isMuted', 'Silent, but for direct commands'],
] as const;

/** The name of one of them. */
export type SettingFlag = (typeof FLAG_LABELS)[number][0];

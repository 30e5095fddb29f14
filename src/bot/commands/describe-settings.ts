import type {
  AnswerMode,
  ChannelSettings,
  PaperChoice,
  SettingsOrigin,
} from '../channel-settings.ts';

/** The settings in force, a sentence for each. */
export function describeSettings(settings: ChannelSettings): readonly string[] {
  const { answerMode, followUps, isPrivate, isMuted, papers } = settings;
  return [
    isMuted ? 'I am muted here: I only answer direct commands.' : describeMode(answerMode),
    followUps
      ? 'In threads I have answered I take further questions without a mention.'
      : 'In threads too I need a mention.',
    isPrivate ? 'Only the person who asks sees my answers.' : 'Everybody here sees my answers.',
    describePapers(papers),
  ];
}

/** Where the settings in force were made. */
export function describeOrigin(origin: SettingsOrigin): string {
  switch (origin) {
    case 'channel':
      return 'These settings were made for this channel.';
    case 'workspace':
      return 'These settings were made for all channels without settings of their own.';
    case 'default':
      return 'Nobody has changed these settings.';
  }
}

function describeMode(mode: AnswerMode): string {
  switch (mode) {
    case 'mentions':
      return 'I answer when I am mentioned.';
    case 'questions':
      return 'I answer every question in this channel.';
    case 'everything':
      return 'I answer every message in this channel.';
  }
}

function describePapers({ sources, fromYear, toYear }: PaperChoice): string {
  const from = sources === undefined ? 'all pages' : `the pages ${sources.join(', ')}`;
  const years = [
    ...(fromYear === undefined ? [] : [`from ${fromYear} on`]),
    ...(toYear === undefined ? [] : [`up to ${toYear}`]),
  ];
  return `I answer from papers of ${[from, ...years].join(', ')}.`;
}

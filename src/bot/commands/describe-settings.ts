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

function describePapers(papers: PaperChoice): string {
  const { sources } = papers;
  const from = sources === undefined ? 'all pages' : `the pages ${sources.join(', ')}`;
  return `I answer from papers of ${[from, ...yearWords(papers)].join(', ')}.`;
}

function yearWords({ fromYear, toYear }: PaperChoice): readonly string[] {
  return [
    ...(fromYear === undefined ? [] : [`from ${fromYear} on`]),
    ...(toYear === undefined ? [] : [`up to ${toYear}`]),
  ];
}

/** Tells a reader that only some papers were searched; undefined where it was all of them. */
export function describeNarrowed(
  papers: PaperChoice,
  where: 'here' | 'viewed',
): string | undefined {
  const { sources } = papers;
  const pages = sources === undefined ? [] : [`of the pages ${sources.join(', ')}`];
  const which = [...pages, ...yearWords(papers)];
  if (which.length === 0) return undefined;
  const whose = where === 'here' ? 'here' : 'of the channel you look at';
  return `Only papers ${which.join(', ')} were searched, as the settings ${whose} say.`;
}

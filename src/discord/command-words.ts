/** The languages that commands are named and described in besides American English. */
export const LANGUAGES = ['en-GB', 'de', 'fr', 'es-ES', 'ja', 'zh-CN'] as const;

type Language = (typeof LANGUAGES)[number];

/** A name and a description in one language; without a name the English one stands. */
export type Words = readonly [name: string, description: string];

/** What commands and their options are called, by the English name. */
type Entry = { readonly en: Words } & Readonly<Record<Exclude<Language, 'en-GB'>, Words>>;

/** Commands, then what may be said to them. */
export const WORDS = {
  ask: {
    en: ['ask', 'Ask the papers: every sentence comes with a quote you can check'],
    de: ['frag', 'Frag die Papers: jeder Satz kommt mit einem Zitat zum Nachprüfen'],
    fr: ['demander', 'Interroger les articles : chaque phrase avec une citation vérifiable'],
    'es-ES': ['preguntar', 'Pregunta a los artículos: cada frase con una cita comprobable'],
    ja: ['質問', '論文に質問する。どの文にも確かめられる引用が付きます'],
    'zh-CN': ['提问', '向论文提问：每句话都附有可核对的引文'],
  },
  question: {
    en: ['question', 'What you want to know'],
    de: ['frage', 'Was du wissen möchtest'],
    fr: ['question', 'Ce que vous voulez savoir'],
    'es-ES': ['pregunta', 'Lo que quieres saber'],
    ja: ['内容', '知りたいこと'],
    'zh-CN': ['问题', '你想知道什么'],
  },
  private: {
    en: ['private', 'Only you see the answer'],
    de: ['privat', 'Nur du siehst die Antwort'],
    fr: ['privé', 'Vous seul voyez la réponse'],
    'es-ES': ['privado', 'Solo tú ves la respuesta'],
    ja: ['非公開', '回答は自分だけに表示'],
    'zh-CN': ['私密', '只有你能看到回答'],
  },
  papers: {
    en: ['papers', 'Search, compare and read papers, and settings'],
    de: ['papers', 'Papers suchen, vergleichen und lesen, und Einstellungen'],
    fr: ['articles', 'Chercher, comparer et lire des articles, et réglages'],
    'es-ES': ['articulos', 'Buscar, comparar y leer artículos, y ajustes'],
    ja: ['論文', '論文の検索・比較・閲覧と設定'],
    'zh-CN': ['论文', '搜索、比较、阅读论文以及设置'],
  },
  search: {
    en: ['search', 'List papers that words find'],
    de: ['suche', 'Papers zu Stichwörtern auflisten'],
    fr: ['chercher', 'Lister les articles trouvés par des mots'],
    'es-ES': ['buscar', 'Listar los artículos que encuentran unas palabras'],
    ja: ['検索', '語句で論文を探す'],
    'zh-CN': ['搜索', '按词语列出论文'],
  },
  words: {
    en: ['words', 'What to look for'],
    de: ['wörter', 'Wonach gesucht wird'],
    fr: ['mots', 'Ce qu’il faut chercher'],
    'es-ES': ['palabras', 'Lo que hay que buscar'],
    ja: ['語句', '探す語句'],
    'zh-CN': ['词语', '要查找的内容'],
  },
  similar: {
    en: ['similar', 'List papers near to one'],
    de: ['ähnlich', 'Papers auflisten, die einem ähneln'],
    fr: ['similaires', 'Lister les articles proches d’un autre'],
    'es-ES': ['parecidos', 'Listar los artículos parecidos a uno'],
    ja: ['類似', '似た論文を探す'],
    'zh-CN': ['相似', '列出相近的论文'],
  },
  paper: {
    en: ['paper', 'A title, an arXiv id, or its number in the last answer'],
    de: ['paper', 'Titel, arXiv-Nummer oder Nummer in der letzten Antwort'],
    fr: ['article', 'Un titre, un identifiant arXiv ou son numéro dans la dernière réponse'],
    'es-ES': ['articulo', 'Un título, un id de arXiv o su número en la última respuesta'],
    ja: ['論文', '題名、arXiv ID、または直前の回答での番号'],
    'zh-CN': ['论文', '标题、arXiv 编号或上一个回答中的序号'],
  },
  compare: {
    en: ['compare', 'Compare two papers, aspect by aspect'],
    de: ['vergleich', 'Zwei Papers Punkt für Punkt vergleichen'],
    fr: ['comparer', 'Comparer deux articles, point par point'],
    'es-ES': ['comparar', 'Comparar dos artículos, aspecto por aspecto'],
    ja: ['比較', '二つの論文を比べる'],
    'zh-CN': ['比较', '逐项比较两篇论文'],
  },
  one: {
    en: ['one', 'The first paper or method'],
    de: ['eins', 'Das erste Paper oder Verfahren'],
    fr: ['un', 'Le premier article ou la première méthode'],
    'es-ES': ['uno', 'El primer artículo o método'],
    ja: ['一つ目', '一つ目の論文または手法'],
    'zh-CN': ['其一', '第一篇论文或方法'],
  },
  other: {
    en: ['other', 'The second paper or method'],
    de: ['zwei', 'Das zweite Paper oder Verfahren'],
    fr: ['autre', 'Le second article ou la seconde méthode'],
    'es-ES': ['otro', 'El segundo artículo o método'],
    ja: ['二つ目', '二つ目の論文または手法'],
    'zh-CN': ['其二', '第二篇论文或方法'],
  },
  show: {
    en: ['show', 'Show one paper with its abstract'],
    de: ['zeig', 'Ein Paper mit Zusammenfassung zeigen'],
    fr: ['montrer', 'Montrer un article avec son résumé'],
    'es-ES': ['mostrar', 'Mostrar un artículo con su resumen'],
    ja: ['表示', '論文を要旨とともに表示'],
    'zh-CN': ['显示', '显示一篇论文及其摘要'],
  },
  status: {
    en: ['status', 'What the library holds and how busy I am'],
    de: ['status', 'Was die Bibliothek enthält und wie viel zu tun ist'],
    fr: ['état', 'Ce que contient la bibliothèque et ma charge'],
    'es-ES': ['estado', 'Qué contiene la biblioteca y cuánto trabajo hay'],
    ja: ['状態', '収録内容と混み具合'],
    'zh-CN': ['状态', '馆藏内容与繁忙程度'],
  },
  help: {
    en: ['help', 'What I can do'],
    de: ['hilfe', 'Was ich kann'],
    fr: ['aide', 'Ce que je sais faire'],
    'es-ES': ['ayuda', 'Lo que sé hacer'],
    ja: ['ヘルプ', 'できること'],
    'zh-CN': ['帮助', '我能做什么'],
  },
  recent: {
    en: ['recent', 'Your own latest questions'],
    de: ['verlauf', 'Deine letzten Fragen'],
    fr: ['récentes', 'Vos dernières questions'],
    'es-ES': ['recientes', 'Tus últimas preguntas'],
    ja: ['履歴', '自分の最近の質問'],
    'zh-CN': ['最近', '你最近的提问'],
  },
  export: {
    en: ['export', 'The papers cited in this conversation, as BibTeX'],
    de: ['export', 'Die hier zitierten Papers als BibTeX'],
    fr: ['exporter', 'Les articles cités ici, en BibTeX'],
    'es-ES': ['exportar', 'Los artículos citados aquí, en BibTeX'],
    ja: ['出力', 'この会話で引用した論文を BibTeX で'],
    'zh-CN': ['导出', '以 BibTeX 导出本对话引用的论文'],
  },
  forget: {
    en: ['forget', 'Delete your questions here with their answers'],
    de: ['vergiss', 'Deine Fragen hier samt Antworten löschen'],
    fr: ['oublier', 'Supprimer vos questions d’ici avec leurs réponses'],
    'es-ES': ['olvidar', 'Borrar tus preguntas de aquí con sus respuestas'],
    ja: ['消去', 'ここでの自分の質問と回答を消す'],
    'zh-CN': ['删除', '删除你在此的提问与回答'],
  },
  settings: {
    en: ['settings', 'When and how I answer here'],
    de: ['einstellungen', 'Wann und wie ich hier antworte'],
    fr: ['réglages', 'Quand et comment je réponds ici'],
    'es-ES': ['ajustes', 'Cuándo y cómo respondo aquí'],
    ja: ['設定', 'ここでいつどう答えるか'],
    'zh-CN': ['设置', '我在此何时及如何回答'],
  },
  where: {
    en: ['where', 'This channel, or the whole server'],
    de: ['wo', 'Dieser Kanal oder der ganze Server'],
    fr: ['où', 'Ce salon ou tout le serveur'],
    'es-ES': ['donde', 'Este canal o todo el servidor'],
    ja: ['範囲', 'このチャンネルかサーバー全体か'],
    'zh-CN': ['范围', '本频道或整个服务器'],
  },
} as const satisfies Readonly<Record<string, Entry>>;

/** What a menu entry and two choices are called; they have no descriptions. */
export const NAMES = {
  askAbout: {
    de: 'Dazu die Papers fragen',
    fr: 'Interroger les articles dessus',
    'es-ES': 'Preguntar a los artículos',
    ja: 'これについて論文に質問',
    'zh-CN': '就此向论文提问',
  },
  channel: {
    de: 'dieser Kanal',
    fr: 'ce salon',
    'es-ES': 'este canal',
    ja: 'このチャンネル',
    'zh-CN': '本频道',
  },
  workspace: {
    de: 'ganzer Server',
    fr: 'tout le serveur',
    'es-ES': 'todo el servidor',
    ja: 'サーバー全体',
    'zh-CN': '整个服务器',
  },
} as const;

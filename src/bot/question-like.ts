const MARK = /[?？؟]\s*["')\]]*\s*$/;
const LEAD = /^\W*(?:(?:and|but|so|ok|okay|then|also|please|pls|now)[\s,]+)*/i;
const ASKING =
  /^(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|can|could|should|would|will|has|have|any)\b/i;
const ORDERING =
  /^(?:explain|compare|contrast|list|find|show|summari[sz]e|describe|define|tell (?:me|us)|give (?:me|us)|name|count|cite|elaborate)\b/i;

/** Whether a text asks for something: by its mark, or by the word it begins with. */
export function isQuestionLike(text: string): boolean {
  const rest = text.replace(LEAD, '');
  return MARK.test(text) || ASKING.test(rest) || ORDERING.test(rest);
}

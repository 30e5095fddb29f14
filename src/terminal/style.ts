import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Gives a piece of text a style, or leaves it as it is. */
export type Style = (format: Format, text: string) => string;

/** Whether colours are wanted is decided by the caller, not by what the stream can do. */
export function createStyle(colour: boolean): Style {
  return (format, text) =>
    colour && text !== '' ? styleText(format, text, { validateStream: false }) : text;
}

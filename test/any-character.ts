import fc from 'fast-check';

/** Any code point, lone surrogates too. fast-check's own `unit: 'binary'` costs two seconds of CPU before the first one. */
export const anyCharacter = fc.nat(0x10_ff_ff).map((code) => String.fromCodePoint(code));

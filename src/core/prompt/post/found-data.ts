export type PersonalDataKind = 'name' | 'handle' | 'email' | 'phone' | 'link' | 'address' | 'number';

/** A part of a text that says who someone is or how to reach them. */
export interface PersonalData {
  kind: PersonalDataKind;
  /** In UTF-16 units; `end` is the first unit after it. */
  begin: number;
  end: number;
}

/** Every match of a pattern, as data of one kind. */
export function findAll(text: string, pattern: RegExp, kind: PersonalDataKind): PersonalData[] {
  return Array.from(text.matchAll(pattern), ({ 0: { length }, index: begin }) => ({
    kind,
    begin,
    end: begin + length,
  }));
}

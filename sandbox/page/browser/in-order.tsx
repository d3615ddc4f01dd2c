import { createElement, Fragment, type ReactNode } from 'react';

interface InOrderProps<Item> {
  items: readonly Item[];
  children: (item: Item) => ReactNode;
}

/** Shows what has no ids and never changes places, such as pieces of text: children that are not a list need no keys. */
export function InOrder<Item>({ items, children }: InOrderProps<Item>) {
  return createElement(Fragment, null, ...items.map((item) => children(item)));
}

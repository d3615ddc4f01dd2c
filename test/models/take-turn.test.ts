import { expect, it } from 'vitest';
import { takeTurn } from '../../src/models/take-turn.js';

it('lets others have a turn of the event loop between two that take theirs', async () => {
  const order: string[] = [];
  const letOthersIn = (round: number) => {
    order.push('others');
    if (round < 3) setImmediate(letOthersIn, round + 1);
  };
  setImmediate(letOthersIn, 1);
  await Promise.all(['first', 'second', 'third'].map((name) => takeTurn().then(() => order.push(name))));
  expect(order).toEqual(['others', 'first', 'others', 'second', 'others', 'third']);
});

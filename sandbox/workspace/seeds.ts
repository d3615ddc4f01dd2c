import type { SeededChannels, SeededPeople } from './driver.js';
import type { App, Channel, ChannelKind, Team } from './model.js';

export const seedTeam = (id: string): Team => ({ id, domain: 'sandbox', name: 'Sandbox' });

export const seedApp = (): App => ({
  id: 'A0SANDBOX1',
  name: 'imagine',
  botId: 'B0SANDBOX1',
  botUserId: 'U0SANDBOT1',
});

export const seedPeople = (): SeededPeople => ({
  ana: { id: 'U000000ANA', name: 'ana', realName: 'Ana Lima' },
  ben: { id: 'U000000BEN', name: 'ben', realName: 'Ben Okafor' },
  chika: { id: 'U0000CHIKA', name: 'chika', realName: 'Chika Sato' },
});

export function newChannel(id: string, name: string, kind: ChannelKind, members: readonly string[]): Channel {
  return { id, name, kind, members: new Set(members), isArchived: false, isRestricted: false };
}

export function seedChannels(app: App, { ana, ben, chika }: SeededPeople): SeededChannels {
  const everyone = [ana.id, ben.id, chika.id];
  return {
    marketing: newChannel('C0MARKETNG', 'marketing', 'public', [...everyone, app.botUserId]),
    random: newChannel('C000RANDOM', 'random', 'public', everyone),
    secret: newChannel('C000SECRET', 'secret-launch', 'private', [ana.id, ben.id]),
    anaAndBen: newChannel('D000ANABEN', '', 'direct', [ana.id, ben.id]),
    app: newChannel('D000ANAAPP', '', 'app', [ana.id, app.botUserId]),
  };
}

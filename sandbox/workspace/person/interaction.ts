import type { ActionElement, InputElement } from '../block-kit/elements.js';
import { type FieldValue, toldOption, toldText, toldValue } from '../block-kit/fields.js';
import type { actionsIn } from '../block-kit/walk.js';
import type { Context } from '../context.js';
import { toldFile } from '../files.js';
import type { Channel, JsonObject, Person } from '../model.js';

/** Deprecated by Slack, still in every payload. */
export const verificationToken = 'sandbox-verification-token';

export function knownPerson({ state }: Context, id: string): Person {
  const person = state.people.get(id);
  if (!person) throw new Error(`No person has the ID ${id}.`);
  return person;
}

/** The channel, if this person is in it: only there can they see or do anything. */
export function joinedChannel({ state }: Context, id: string, user: string): Channel {
  const channel = state.channels.get(id);
  if (!channel) throw new Error(`No channel has the ID ${id}.`);
  if (!channel.members.has(user)) throw new Error(`${user} is not in ${channel.name || id}.`);
  return channel;
}

/** The name that payloads tell: private channels do not give theirs away. */
export function toldName({ kind, name }: Channel): string {
  if (kind === 'public') return name;
  return kind === 'private' ? 'privategroup' : 'directmessage';
}

export function enterpriseFields({ state: { enterprise } }: Context): JsonObject {
  return enterprise ? { enterprise_id: enterprise.id, enterprise_name: enterprise.name } : {};
}

/** The fields that all interactions share. https://docs.slack.dev/reference/interaction-payloads */
export function interaction(context: Context, type: string, user: string): JsonObject {
  const { team, enterprise, app } = context.state;
  const { id, name, teamId = team.id } = knownPerson(context, user);
  return {
    type,
    token: verificationToken,
    team: { id: team.id, domain: team.domain, ...enterpriseFields(context) },
    user: { id, username: name, name, team_id: teamId },
    api_app_id: app.id,
    enterprise: enterprise ? { id: enterprise.id, name: enterprise.name } : null,
    is_enterprise_install: enterprise?.isInstalled ?? false,
  };
}

type PlacedAction = ReturnType<typeof actionsIn>[number];

/** The one of these that a person means. Throws, telling what `holder` has, if there is none. */
export function findAction(
  actions: readonly PlacedAction[],
  { actionId, blockId }: { actionId: string; blockId?: string | undefined },
  holder: string,
): PlacedAction {
  const found = actions.find(
    (action) => action.element.action_id === actionId && action.blockId === (blockId ?? action.blockId),
  );
  if (found) return found;
  const there = actions.map(({ element }) => element.action_id).join(', ');
  throw new Error(`${holder} has no ${actionId}; it has: ${there || 'nothing'}.`);
}

/** What a field holds, its files as objects. */
export const toldField = (context: Context, element: InputElement, value?: FieldValue): JsonObject =>
  toldValue(element, value, (id) => {
    const file = context.state.files.get(id);
    return file ? toldFile(context, file) : { id };
  });

/** The `actions` entry of a `block_actions` payload. */
export function toldAction(
  context: Context,
  { element, blockId }: { element: ActionElement | InputElement; blockId: string },
  value?: FieldValue,
): JsonObject {
  const place = { action_id: element.action_id, block_id: blockId, action_ts: context.ids.timestamp() };
  switch (element.type) {
    case 'button': {
      const { confirm: _confirm, accessibility_label: _label, text, ...told } = element;
      return { ...place, ...told, text: toldText(text) };
    }
    case 'overflow':
      return { ...place, type: element.type, selected_option: toldOption(element.options, String(value)) };
    case 'static_select': {
      const { initial_option: initial, placeholder } = element;
      return {
        ...place,
        ...toldValue(element, value),
        ...(initial && { initial_option: toldOption([initial], initial.value) }),
        ...(placeholder && { placeholder: toldText(placeholder) }),
      };
    }
    case 'checkboxes': {
      const { initial_options: initial } = element;
      const initialOptions = initial?.map((option) => toldOption(initial, option.value));
      return { ...place, ...toldValue(element, value), ...(initial && { initial_options: initialOptions }) };
    }
    default:
      return { ...place, ...toldField(context, element, value) };
  }
}

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { failureReasons } from '../../src/core/errors.js';
import { models, services } from '../../src/core/model-catalog.js';

/* The CDK stack and the Terraform module read deploy/policy.json; the documents and the doctor are held against it here. */

interface Statement {
  Sid: string;
  Action: string | string[];
  Resource: string | string[];
}

/** The code in a folder, and in the folders in it. */
function readCode(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return names.map((name) => read(`${folder}/${name}`)).join('\n');
}

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

/** With what the documents write in these places. */
const values: Record<string, string> = {
  bucket: 'YOUR-BUCKET',
  account: 'YOUR-ACCOUNT',
  bedrock_region: 'us-west-2',
  guardrail_arn: 'arn:aws:bedrock:us-west-2:YOUR-ACCOUNT:guardrail/YOUR-GUARDRAIL',
};
const filled = read('deploy/policy.json').replaceAll(
  /\$\{(\w+)\}/g,
  (placeholder, name) => values[name] ?? placeholder,
);
const { Statement: statements }: { Statement: Statement[] } = JSON.parse(filled);

/** A block of JSON is a policy, a statement, or several with commas between them. */
function statementsOf(page: string): Statement[] {
  const blocks = [...read(page).matchAll(/^```json\n(.*?)^```$/gms)].map(([, json = '']) => json);
  return blocks.flatMap((json): Statement[] => {
    const list = JSON.parse(`[${json}]`);
    return list.flatMap((each: Statement & { Statement?: Statement[] }) => each.Statement ?? each);
  });
}

describe('deploy/policy.json', () => {
  const shown = [...statementsOf('docs/setup.md'), ...statementsOf('docs/deploy.md')];

  it('has no placeholder that the documents, CDK and Terraform do not fill', () => {
    expect(filled).not.toMatch(/\$\{/);
  });

  it('has exactly the statements that the documents show', () => {
    for (const statement of shown) expect(statements).toContainEqual(statement);
    expect(new Set(shown.map(({ Sid }) => Sid))).toEqual(new Set(statements.map(({ Sid }) => Sid)));
  });

  it('lets the app call exactly the models of Bedrock that it offers', () => {
    const offered = models.filter(({ family, state }) => family !== 'openai' && state.kind === 'active');
    const arns = offered.map(({ modelId }) => `arn:aws:bedrock:us-west-2::foundation-model/${modelId}`);
    expect(statements.find(({ Sid }) => Sid === 'Draw')?.Resource).toEqual(arns);
  });

  it('covers the short names that the CDK stack takes for these models', () => {
    const [, list = ''] = /shortNames = \[(.*)\]/.exec(read('deploy/cdk/lib/policy.ts')) ?? [];
    const offered = models.filter(({ family, state }) => family !== 'openai' && state.kind === 'active');
    expect(list).toBe(offered.map(({ shortName }) => `'${shortName}'`).join(', '));
  });

  it('lets the app call each service that works from images, by its profile and in each of its Regions', () => {
    const resources = [statements.find(({ Sid }) => Sid === 'WorkFromImages')?.Resource ?? []].flat();
    const isAllowed = (arn: string) =>
      resources.some((resource) => resource.endsWith('*') && arn.startsWith(resource.slice(0, -1)));
    for (const { modelId, regions } of services) {
      expect(isAllowed(`arn:aws:bedrock:us-west-2:YOUR-ACCOUNT:inference-profile/${modelId}`)).toBe(true);
      const model = `foundation-model/${modelId.replace(/^us\./, '')}`;
      for (const region of regions) expect(isAllowed(`arn:aws:bedrock:${region}::${model}`)).toBe(true);
    }
    expect(services.length).toBeGreaterThan(4);
  });

  it('allows every action that the doctor tells an operator to allow', () => {
    const code = readCode('src/doctor');
    const actions = [...code.matchAll(/'((?:s3|bedrock|comprehend):[A-Z]\w+)'/g)].map(([, action]) => action);
    const allowed = statements.flatMap(({ Action }) => Action);
    expect(actions.length).toBeGreaterThan(4);
    for (const action of actions) expect(allowed).toContain(action);
  });
});

describe('the alarms of the CDK stack', () => {
  const alarms = read('deploy/cdk/lib/alarms.ts');

  it('count lines of the log that the app writes', () => {
    const events = [...alarms.matchAll(/is(?:Not)?Event\('([^']+)'\)/g)].map(([, event]) => event);
    const code = readCode('src');
    expect(events).toContain('image failed');
    for (const event of events) expect(code).toContain(`'${event}'`);
  });

  it('name reasons of the app', () => {
    const reasons = [...alarms.matchAll(/failedFor\(('[^)]+)\)/g)].flatMap(([, list = '']) => list.match(/\w+/g) ?? []);
    expect(reasons).toEqual(['denied', 'retired', 'throttled']);
    for (const reason of reasons) expect(failureReasons).toContain(reason);
  });
});

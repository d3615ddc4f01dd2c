import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ImagineStack } from './imagine-stack';
import { readSettings } from './settings';

export function createApp(props?: AppProps): { app: App; stack: ImagineStack } {
  const app = new App(props);
  return { app, stack: new ImagineStack(app, readSettings(app.node.getAllContext())) };
}

/** Synthesis fails on a finding that no construct explains. */
export function addChecks(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}

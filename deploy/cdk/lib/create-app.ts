import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ImagineStack } from './imagine-stack';
import { readSettings } from './settings';

/** The app with its checks: synthesis fails on a finding that no construct explains. */
export function createApp(props?: AppProps): { app: App; stack: ImagineStack } {
  const app = new App(props);
  const stack = new ImagineStack(
    app,
    readSettings((key) => app.node.tryGetContext(key)),
  );
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { app, stack };
}

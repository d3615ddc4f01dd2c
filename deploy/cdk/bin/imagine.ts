import { addChecks, createApp } from '../lib/create-app';
import { SettingError } from '../lib/settings';

try {
  const { app } = createApp();
  addChecks(app);
  app.synth();
} catch (error) {
  if (!(error instanceof SettingError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

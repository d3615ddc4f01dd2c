import { addChecks, createApp } from '../lib/create-app';

const { app } = createApp();
addChecks(app);
app.synth();

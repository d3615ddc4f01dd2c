import { createApp } from '../lib/create-app';

createApp().app.synth();
